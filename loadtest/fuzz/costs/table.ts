/** Judges costs by their bounds, and prints them as a table. */
import { textTable } from "#loadtest/lib/text.ts";
import { type Cost, type Measured, SIDES, type Side } from "./meter.ts";

type Figure = "cpu" | "out" | "log";

/**
 * Bounds for each byte sent. `cpu` counts in plain command frames, of which a line of 250 KB/s takes about a tenth of a
 * core: a flood of what is refused must leave most of it to the players. Limits bound how much of what is accepted comes
 * in; here it is bounded by what those limits were chosen for. A file is thousands of times larger than the request for it.
 */
export const BOUNDS: Readonly<Record<Side, Readonly<Record<Figure, number>>>> = {
  accepted: { cpu: 100, out: 20_000, log: 10 },
  refused: { cpu: 4, out: 100, log: 1 },
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

/** The CPU of a byte of the kind that others are compared with, in µs. Throws if it was not measured. */
export function unitOf(measured: readonly Measured[], name: string): number {
  const unitUs = measured.find((each) => each.name === name)?.accepted?.cpuUs;
  if (!unitUs) throw new Error(`"${name}" has no cost to compare with`);
  return unitUs;
}

export function judge(measured: readonly Measured[], unitUs: number): Row[] {
  return measured.flatMap(({ name, promise, ...sides }) =>
    SIDES.flatMap((side) => {
      const cost = sides[side];
      return cost ? [{ name, promise, side, ...judgeCost(cost, side, unitUs) }] : [];
    }),
  );
}

function judgeCost({ cpuUs, bytesOut, logBytes, answers }: Cost, side: Side, unitUs: number) {
  const figures = { cpu: cpuUs / unitUs, out: bytesOut, log: logBytes };
  const over = (Object.keys(figures) as Figure[]).filter((name) => figures[name] > BOUNDS[side][name]);
  return { figures, over, answers };
}

const HEAD = ["input", "", "CPU", "out", "log", "answers", "promise", ""] as const;

export function costTable(rows: readonly Row[], unitUs: number): string {
  const cells = rows.map(({ name, side, promise, figures, over, answers }) => {
    const show = (figure: Figure) => `${number(figures[figure])}${over.includes(figure) ? "!" : " "}`;
    const verdict = over.length > 0 ? `OVER: ${over.join(", ")}` : "";
    return [name, side, show("cpu"), show("out"), show("log"), answers, promise, verdict];
  });
  const bounds = SIDES.map(
    (side) => `${side}: CPU ≤ ${BOUNDS[side].cpu} ×, out ≤ ${BOUNDS[side].out}, log ≤ ${BOUNDS[side].log}`,
  );
  return [
    `For each byte sent: CPU in plain command frames (${number(unitUs)} µs a byte), bytes answered, bytes logged.`,
    "Bounds of what is",
    ...bounds.map((line) => `  ${line}`),
    "",
    textTable(HEAD, cells),
  ].join("\n");
}

/** Two digits that matter: 0.043, 4.3, 43, 4300. */
const number = (value: number): string => (value === 0 ? "0" : String(Number(value.toPrecision(2))));
