/** A finished match from one player's side: what medals and challenges are judged by. */
import { RATED_AFTER_SEC } from "#shared/rating/playedTime.ts";
import type { FeatName, ModeName } from "#shared/schema/names.ts";
import type { MatchEnd } from "#shared/sim/event.ts";
import type { WeaponStats } from "#shared/sim/world.ts";
import type { WeaponName } from "#shared/tuning.ts";

export interface PlayedMatch {
  mode: ModeName;
  how: MatchEnd;
  /** Never for one who came for the end alone (`isPlayed`). */
  isWin: boolean;
  /** People and bots. */
  players: number;
  kills: number;
  deaths: number;
  assists: number;
  damage: number;
  /** Flags captured. */
  flags: number;
  hillSec: number;
  longestStreak: number;
  playedSec: number;
  weapons: Partial<Record<WeaponName, WeaponStats>>;
  feats: Partial<Record<FeatName, number>>;
  /** Awards of the match, such as "kills" for the most kills. */
  awards: readonly string[];
}

/** Whether the player was there for as long as a rating needs: joining a match for its end completes and wins nothing. */
export const isPlayed = ({ playedSec }: Pick<PlayedMatch, "playedSec">): boolean =>
  playedSec >= RATED_AFTER_SEC;

export const killsBy = ({ weapons }: Pick<PlayedMatch, "weapons">, weapon: WeaponName): number =>
  weapons[weapon]?.kills ?? 0;

export function shotsOf({ weapons }: Pick<PlayedMatch, "weapons">): { shots: number; hits: number } {
  const all = Object.values(weapons);
  return {
    shots: all.reduce((sum, { shots }) => sum + shots, 0),
    hits: all.reduce((sum, { hits }) => sum + hits, 0),
  };
}
