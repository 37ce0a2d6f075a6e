/** The targets for Fracas that this bench can judge, and whether the figures reach them. */
import type { FigureName, Spread } from "./figures.ts";
import { cellOf, growthOf, type Run } from "./results.ts";
import { FLOOR } from "./servers/names.ts";

export interface Verdict {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  /** Undefined if it was not measured. */
  readonly ok: boolean | undefined;
}

const SIZE = 200;
const GROWTH = [50, 400] as const;
const MOST_CPU_RATIO = 1.5;
const MOST_BYTES_RATIO = 1.3;
const MOST_GROWTH = 1.3;
const MOST_RSS_KB = 512;

export function judge(runs: readonly Run[]): Verdict[] {
  const ratio = (name: FigureName) => cellOf(runs, "fracas", SIZE).ratios?.[name];
  return [
    verdict(`CPU a player against the floor, ${SIZE} players`, MOST_CPU_RATIO, "×", ratio("cpuUs")),
    verdict(`bytes a player against the floor, ${SIZE} players`, MOST_BYTES_RATIO, "×", ratio("bytes")),
    growthVerdict(runs),
    verdict(`RSS a player, ${SIZE} players`, MOST_RSS_KB, " kB", cellOf(runs, "fracas", SIZE).figures?.rssKb),
  ];
}

function growthVerdict(runs: readonly Run[]): Verdict {
  const what = `CPU a player at ${GROWTH[1]} against ${GROWTH[0]} players${equalDensity(runs)}`;
  const own = verdict(what, MOST_GROWTH, "×", growthOf(runs, "fracas", "cpuUs", GROWTH));
  const floor = growthOf(runs, FLOOR, "cpuUs", GROWTH);
  return floor ? { ...own, found: `${own.found} (the floor: ${floor.median.toFixed(2)}×)` } : own;
}

/** The target holds for equal density. Otherwise more drones are in view, and the figure means something else. */
const equalDensity = (runs: readonly Run[]): string =>
  runs.every(({ scenario }) => scenario.spread === "equal")
    ? ", equal density"
    : " (not at equal density: more are in view)";

function verdict(what: string, most: number, unit: string, found: Spread | undefined): Verdict {
  const wanted = `≤ ${most}${unit}`;
  if (!found) return { what, wanted, found: "not measured", ok: undefined };
  const text = unit === "×" ? found.median.toFixed(2) : found.median.toFixed(0);
  return { what, wanted, found: `${text}${unit}`, ok: found.median <= most };
}

const MARKS = { true: "✓", false: "✗", undefined: "–" } as const;
export const markOf = ({ ok }: Verdict): string => MARKS[`${ok}`];
