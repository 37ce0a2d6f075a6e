/** Lays players out in score lists: ranks, columns and who leads. Lists are sorted, best first. */
import type { ScoreLine } from "#client/ui/state/model.ts";

export interface RankedLine extends ScoreLine {
  rank: number;
}

/** One table of the scoreboard. */
export interface ScoreColumn {
  /** Undefined in a mode without teams. */
  team: number | undefined;
  lines: readonly RankedLine[];
}

/** One table is easier to read than two, until its lines become small. */
const LINES_IN_ONE_COLUMN = 12;

/** Equal scores share a rank. */
export function ranked(lines: readonly ScoreLine[]): RankedLine[] {
  let rank = 1;
  return lines.map((line, place) => {
    if (line.score !== lines[place - 1]?.score) rank = place + 1;
    return { ...line, rank };
  });
}

/** A column for each team, which ranks its own; without teams one column, or two halves of a long list. */
export function columnsOf(lines: readonly ScoreLine[], teams: readonly number[]): ScoreColumn[] {
  if (teams.length > 0) {
    return teams.map((team) => ({ team, lines: ranked(lines.filter((line) => line.team === team)) }));
  }
  const all = ranked(lines);
  const half = all.length > LINES_IN_ONE_COLUMN ? Math.ceil(all.length / 2) : all.length;
  const columns = [all.slice(0, half), all.slice(half)].filter((part) => part.length > 0);
  return columns.map((part) => ({ team: undefined, lines: part }));
}

/** The first lines, and the player's own below them if it is not among them. */
export function shortList(lines: readonly ScoreLine[], shown: number): RankedLine[] {
  return ranked(lines).filter(({ self }, place) => place < shown || self);
}

/** Id of the only player with the best score; undefined while nobody leads. */
export function soleLeaderOf([first, second]: readonly ScoreLine[]): string | undefined {
  return first && first.score > 0 && first.score !== second?.score ? first.id : undefined;
}
