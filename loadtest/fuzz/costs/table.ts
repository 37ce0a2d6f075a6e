/** Judges costs by their bounds, and prints them as a table. */
import { textTable } from "#loadtest/lib/text.ts";
import { type Cost, type Measured, SIDES, type Side } from "./meter.ts";

type Figure = "each" | "byte" | "out" | "log";

/**
 * `each` and `byte` are the CPU of a piece and of a byte, in those of plain command frames; `out` and `log` are bytes for
 * each byte sent. A flood of what is refused may cost a few times what one of commands costs, which players send all the time.
 * What is accepted is bounded in number by limits, so each piece counts; a file is thousands of times larger than the
 * request for it.
 */
export const BOUNDS: Readonly<Record<Side, Readonly<Record<Figure, number>>>> = {
  accepted: { each: 600, byte: 100, out: 20_000, log: 10 },
  refused: { each: 100, byte: 3, out: 200, log: 1 },
};

export interface Row {
  readonly name: string;
  readonly side: Side;
  readonly promise: string;
  readonly figures: Readonly<Record<Figure, number>>;
  /** The figures that are over their bounds. */
  readonly over: readonly Figure[];
  readonly answers: string;
}

/** The accepted cost of the kind that others are compared with. Throws if it was not measured. */
export function unitOf(measured: readonly Measured[], name: string): Cost {
  const unit = measured.find((each) => each.name === name)?.accepted;
  if (!unit?.cpuUs) throw new Error(`"${name}" has no cost to compare with`);
  return unit;
}

export function judge(measured: readonly Measured[], unit: Cost): Row[] {
  return measured.flatMap(({ name, promise, eachMax = BOUNDS.accepted.each, ...sides }) =>
    SIDES.flatMap((side) => {
      const cost = sides[side];
      const bounds = side === "accepted" ? { ...BOUNDS.accepted, each: eachMax } : BOUNDS.refused;
      return cost ? [{ name, promise, side, ...judgeCost(cost, unit, bounds) }] : [];
    }),
  );
}

function judgeCost(
  { eachUs, cpuUs, bytesOut, logBytes, answers }: Cost,
  unit: Cost,
  bounds: Readonly<Record<Figure, number>>,
) {
  const figures = { each: eachUs / unit.eachUs, byte: cpuUs / unit.cpuUs, out: bytesOut, log: logBytes };
  const over = (Object.keys(figures) as Figure[]).filter((name) => figures[name] > bounds[name]);
  return { figures, over, answers };
}

const HEAD = ["input", "", "CPU each", "CPU byte", "out", "log", "answers", "promise", ""] as const;

export function costTable(rows: readonly Row[], unit: Cost): string {
  const cells = rows.map(({ name, side, promise, figures, over, answers }) => {
    const shown = (Object.keys(figures) as Figure[]).map(
      (figure) => `${number(figures[figure])}${over.includes(figure) ? "!" : " "}`,
    );
    const verdict = over.length > 0 ? `OVER: ${over.join(", ")}` : "";
    return [name, side, ...shown, answers, promise, verdict];
  });
  const bounds = SIDES.map((side) => {
    const texts = Object.entries(BOUNDS[side]).map(([name, max]) => `${name} ≤ ${max}`);
    return `  ${side}: ${texts.join(", ")}`;
  });
  return [
    `CPU of each frame or request, and of each byte, in those of a plain command (${number(unit.eachUs)} µs,`,
    `${number(unit.cpuUs)} µs a byte); bytes answered and bytes logged for each byte sent. Bounds of what is`,
    ...bounds,
    "",
    textTable(HEAD, cells),
  ].join("\n");
}

/** Two digits that matter: 0.043, 4.3, 43, 4300. */
const number = (value: number): string => (value === 0 ? "0" : String(Number(value.toPrecision(2))));
