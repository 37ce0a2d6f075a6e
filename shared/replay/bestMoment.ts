/** Chooses the part of a replay that is most worth showing, by its marks. */
import type { FeatName } from "#shared/schema/names.ts";
import { CLIP_MAX_MS } from "./link.ts";
import type { Mark } from "./replay.ts";

export interface Moment {
  readonly fromMs: number;
  readonly toMs: number;
  /** Whose moment it is. */
  readonly seat: string;
  /** The marks of that seat in it, in order. */
  readonly marks: readonly Mark[];
}

/** The marks of one moment lie within this time. */
const SPAN_MS = 12_000;
/** A viewer sees how it came about, and what became of it. */
const LEAD_IN_MS = 4_000;
const LEAD_OUT_MS = 2_000;
/** A deed so shortly before the end may have decided the match. */
const LAST_SECOND_MS = 3_000;
const LAST_SECOND_WORTH = 2;

/** The worth of each feat, where a kill is worth 1. */
const FEATS: Readonly<Record<FeatName, number>> = {
  assist: 0.5,
  // These two count by their value (ownWorth).
  multiKill: 0,
  streak: 0,
  revenge: 1,
  bounty: 2,
  flagSave: 2,
  hillSave: 1.5,
};
const CAPTURE_WORTH = 4;
const LEAD_WORTH = 2;

/**
 * The best moment of one seat, or of anybody. Of several that are equally good, the last: it weighs more in a match.
 * `marks` are in the order of their times. Undefined if nothing happened.
 */
export function bestMoment(marks: readonly Mark[], seat?: string): Moment | undefined {
  const endMs = marks.find(({ is }) => is === "end")?.atMs;
  const deeds = marks.filter((mark) => doerOf(mark) !== "");
  let best: { worth: number; marks: readonly Mark[] } | undefined;
  for (const doer of seat === undefined ? new Set(deeds.map(doerOf)) : [seat]) {
    const found = bestOf(
      deeds.filter((mark) => doerOf(mark) === doer),
      endMs,
    );
    const isBetter = !best || found.worth > best.worth;
    const isLater = best?.worth === found.worth && firstMs(found.marks) > firstMs(best.marks);
    if (isBetter || isLater) best = found;
  }
  return best && momentOf(best.marks);
}

/** The best run of one seat's marks within SPAN_MS. */
function bestOf(own: readonly Mark[], endMs: number | undefined) {
  let best: { worth: number; marks: readonly Mark[] } = { worth: Number.NEGATIVE_INFINITY, marks: [] };
  for (const [from, first] of own.entries()) {
    const run = own.slice(from).filter(({ atMs }) => atMs <= first.atMs + SPAN_MS);
    const worth = run.reduce((sum, mark) => sum + worthOf(mark, endMs), 0);
    if (worth >= best.worth) best = { worth, marks: run };
  }
  return best;
}

function worthOf(mark: Mark, endMs: number | undefined): number {
  const isLastSecond = endMs !== undefined && mark.atMs > endMs - LAST_SECOND_MS;
  return ownWorth(mark) + (isLastSecond && mark.is !== "feat" ? LAST_SECOND_WORTH : 0);
}

function ownWorth(mark: Mark): number {
  if (mark.is === "kill") return mark.by === mark.of ? 0 : 1;
  if (mark.is === "capture") return CAPTURE_WORTH;
  if (mark.is === "lead") return LEAD_WORTH;
  if (mark.is === "end") return 0;
  // The second kill of a series and the third kill of a life are its first steps.
  if (mark.feat === "multiKill") return mark.value;
  return mark.feat === "streak" ? mark.value / 3 : FEATS[mark.feat];
}

function momentOf(marks: readonly Mark[]): Moment | undefined {
  const [first, last] = [marks[0], marks.at(-1)];
  if (!first || !last) return undefined;
  const fromMs = Math.max(0, first.atMs - LEAD_IN_MS);
  const toMs = Math.min(last.atMs + LEAD_OUT_MS, fromMs + CLIP_MAX_MS);
  return { fromMs, toMs, seat: doerOf(first), marks };
}

/** "" for what no seat has done. */
const doerOf = (mark: Mark): string => ("by" in mark ? mark.by : "");

const firstMs = (marks: readonly Mark[]): number => marks[0]?.atMs ?? 0;
