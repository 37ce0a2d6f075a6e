/** Rules about who gets what: whether the sides are equal, and whether pickups are taken, and by both. */
import type { Arena } from "#shared/arena/arena.ts";
import { sum } from "#shared/figures/stats.ts";
import { isTeamMode } from "#shared/modes/rules.ts";
import type { PickupName } from "#shared/tuning.ts";
import { cellAt } from "./cells.ts";
import { JUDGED, meanShare, wilson } from "./certainty.ts";
import { severityOf, THRESHOLDS } from "./thresholds.ts";
import type { Sides, Trial } from "./trial.ts";
import { type Case, type Finding, isThin, type Severity } from "./verdict.ts";

/** The first side's share of the points of each match that had any. */
const pointShares = ({ points }: Trial): number[] =>
  points.flatMap(([one, other]) => (one + other > 0 ? [one / (one + other)] : []));

/** The spread of fewer matches is chance. */
const SCORED_MIN = 8;

/**
 * Judged by the points of each match, not by wins: in a close match a win is luck, and 20 wins and losses hardly tell 50 %
 * from 70 %.
 */
export function strongerSide({ mode, trial }: Case): Finding | undefined {
  const shares = pointShares(trial);
  if (!isTeamMode(mode) || shares.length < SCORED_MIN) return undefined;
  const isSure = (deviations: number) => {
    const { from, to } = meanShare(shares, deviations);
    return from > 0.5 || to < 0.5;
  };
  const { warn, bad } = THRESHOLDS.sideDeviations;
  const severity: Severity | undefined = isSure(bad) ? "bad" : isSure(warn) ? "warn" : undefined;
  if (!severity) return undefined;
  const side = meanShare(shares).share > 0.5 ? 0 : 1;
  return { severity, values: { side, count: trial.wins[side], of: sum(trial.wins) }, places: [] };
}

/** Fewer pickups of a kind do not tell sides apart. */
const TAKEN_MIN = 20;

/** The kind that one side takes most of. Each side may have pickups of its own: only their sum counts. */
export function oneSidedPickup({ arena, mode, trial }: Case): Finding | undefined {
  if (!isTeamMode(mode)) return undefined;
  const kinds = [...takenByKind(arena, trial)].filter(([, taken]) => sum(taken) >= TAKEN_MIN);
  const found = kinds.flatMap(([kind, taken]) => {
    const side = taken[0] >= taken[1] ? 0 : 1;
    const { share, from } = wilson(taken[side], sum(taken), JUDGED);
    const severity = from > 0.5 ? severityOf(share, THRESHOLDS.pickupSideShare) : undefined;
    return severity ? [{ kind, side, share, severity } as const] : [];
  });
  const worst = found.sort((one, other) => other.share - one.share)[0];
  if (!worst) return undefined;
  const { severity, ...values } = worst;
  return { severity, values, places: placesOf(arena, values.kind) };
}

function takenByKind({ pickups }: Arena, trial: Trial): Map<PickupName, [number, number]> {
  const kinds = new Map<PickupName, [number, number]>();
  for (const [index, { kind }] of pickups.entries()) {
    const taken = kinds.get(kind) ?? [0, 0];
    const [first, second] = trial.pickups[index] as Sides;
    kinds.set(kind, [taken[0] + first, taken[1] + second]);
  }
  return kinds;
}

const placesOf = (arena: Arena, kind: PickupName) =>
  arena.pickups.filter((spot) => spot.kind === kind).map((spot) => cellAt(arena, spot));

/** Next to the mean of all pickups, one that is taken this rarely is one that nobody takes. */
const UNUSED_SHARE = 0.03;

export function unusedPickup(judged: Case): Finding | undefined {
  if (isThin(judged)) return undefined;
  const { arena, trial } = judged;
  const taken = trial.pickups.map(sum);
  const mean = sum(taken) / Math.max(1, taken.length);
  if (mean < TAKEN_MIN) return undefined;
  const unused = arena.pickups.filter((_, index) => (taken[index] ?? 0) < UNUSED_SHARE * mean);
  const kind = unused[0]?.kind;
  if (!kind) return undefined;
  const places = unused.map((spot) => cellAt(arena, spot));
  return { severity: "warn", values: { kind, count: unused.length }, places };
}
