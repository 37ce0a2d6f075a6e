/** Says how a match ended for one player, from the scores in the room's state. */
import { isTeamMode } from "#shared/modes/rules.ts";
import type { ModeName } from "#shared/schema/names.ts";

export type Verdict = "victory" | "defeat" | "draw";

/** The part of the room's state that decides it. */
export interface Scored {
  readonly mode: ModeName;
  readonly scoreA: number;
  readonly scoreB: number;
  readonly roster: {
    forEach(each: (seat: { readonly score: number; readonly spectating: boolean }, id: string) => void): void;
  };
}

/** Undefined for a spectator, whose `me` has no place in the roster. Without teams only the first place wins. */
export function verdictOf(state: Scored, me: string, team: number): Verdict | undefined {
  let own: number | undefined;
  let best = Number.NEGATIVE_INFINITY;
  state.roster.forEach(({ score, spectating }, id) => {
    if (spectating) return;
    if (id === me) own = score;
    else best = Math.max(best, score);
  });
  if (own === undefined) return undefined;
  if (!isTeamMode(state.mode)) return compare(own, best);
  const [ours, theirs] = team === 0 ? [state.scoreA, state.scoreB] : [state.scoreB, state.scoreA];
  return compare(ours, theirs);
}

const compare = (own: number, other: number): Verdict =>
  own === other ? "draw" : own > other ? "victory" : "defeat";
