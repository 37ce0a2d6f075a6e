/**
 * The figures beyond which a verdict is passed. The five arenas of Fracas, which people find fair, were measured first: every
 * threshold leaves room above their worst figure (docs/balance.md has them).
 */
import type { Cell } from "./cells.ts";
import type { Finding, Severity, VerdictValues } from "./verdict.ts";

export interface Threshold {
  readonly warn: number;
  readonly bad: number;
}

export const THRESHOLDS = {
  /**
   * How many standard deviations a side's share of the points is off one half: chance alone passes the first in 1 of 200 fair
   * trials, the second in 1 of 1,000.
   */
  sideDeviations: { warn: 2.81, bad: 3.29 },
  /** Share of all lives that end within three seconds. */
  spawnDeathShare: { warn: 0.3, bad: 0.4 },
  /** The same of a single spawn point. */
  spawnPointShare: { warn: 0.4, bad: 0.55 },
  /** Bots found stuck, in 100 minutes of a bot. */
  stuckRate: { warn: 0.5, bad: 5 },
  contactSec: { warn: 10, bad: 20 },
  /** Kills a minute and bot: too few, so they are negated. */
  killRate: { warn: -1.2, bad: -0.6 },
  deadShare: { warn: 0.2, bad: 0.33 },
  /** One side's share of what was taken of a kind of pickup. */
  pickupSideShare: { warn: 0.7, bad: 0.9 },
  weaponShare: { warn: 0.6, bad: 0.75 },
  /** Share of all destroyed drones in one place of three by three cells. */
  crowdShare: { warn: 0.3, bad: 0.45 },
  drawShare: { warn: 0.35, bad: 0.6 },
  /** Flags captured a match: too few. */
  captures: { warn: -0.5, bad: -0.1 },
  /** Share of its time that somebody holds a hill: too small. */
  hillHeldShare: { warn: -0.25, bad: -0.1 },
} as const satisfies Record<string, Threshold>;

/** Undefined below both. A figure that must not be too small is given negated, as its thresholds are. */
export const severityOf = (figure: number, { warn, bad }: Threshold): Severity | undefined =>
  figure >= bad ? "bad" : figure >= warn ? "warn" : undefined;

/** The verdict of a figure that reaches its threshold. */
export function finding(
  figure: number,
  threshold: Threshold,
  values: VerdictValues,
  places: readonly Cell[] = [],
): Finding | undefined {
  const severity = severityOf(figure, threshold);
  return severity && { severity, values, places };
}
