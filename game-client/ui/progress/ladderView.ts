/** The leaderboard's choice: mode, season or week, and the seasons to choose from. */
import { signal } from "@preact/signals";
import type { LeaderboardQuestion } from "#client/progressCalls.ts";
import { seasonName, seasonOf } from "#shared/rating/season.ts";

/** Lives as long as the page, so that a reader who returns from a profile finds the same table. */
export const ladderQuestion = signal<LeaderboardQuestion>({ mode: "deathmatch", span: "season" });

const PAST_SEASONS = 4;

/** Names of the seasons before the current one, the newest first. */
export function pastSeasons(nowMs: number): string[] {
  const seasons: number[] = [];
  for (let season = before(seasonOf(nowMs)); seasons.length < PAST_SEASONS; season = before(season))
    seasons.push(season);
  return seasons.map(seasonName);
}

/** 20261 → 20254. */
const before = (season: number): number => (season % 10 === 1 ? season - 7 : season - 1);
