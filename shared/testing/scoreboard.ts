/** The scores of a match, in a form to compare. */
import type { ArenaState, Seat } from "#shared/schema/state.ts";

export interface Scoreboard {
  readonly phase: string;
  readonly scores: readonly [number, number];
  /** By seat. */
  readonly players: Readonly<Record<string, Pick<Seat, "name" | "score" | "kills" | "deaths">>>;
}

export function scoreboardOf({ phase, scoreA, scoreB, roster }: ArenaState): Scoreboard {
  const players = Array.from(roster.entries(), ([seat, { name, score, kills, deaths }]) => {
    return [seat, { name, score, kills, deaths }] as const;
  });
  return { phase, scores: [scoreA, scoreB], players: Object.fromEntries(players) };
}
