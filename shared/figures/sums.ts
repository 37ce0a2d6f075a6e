/** Sums and shares over a profile's modes and weapons, as its page, its share image and its preview show them. */
import type { ModeSums, PlayerProfile, WeaponSums } from "#shared/protocol/progress.ts";

interface ProfileSums {
  matches: number;
  kills: number;
  deaths: number;
  playedSec: number;
  bestStreak: number;
  /** Share of matches won, and of shots that hit; NaN without any. */
  winShare: number;
  hitShare: number;
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

export function sumUp({ modes, weapons }: Pick<PlayerProfile, "modes" | "weapons">): ProfileSums {
  return {
    matches: sum(modes, (mode) => mode.matches),
    kills: sum(modes, (mode) => mode.kills),
    deaths: sum(modes, (mode) => mode.deaths),
    playedSec: sum(modes, (mode) => mode.playedSec),
    bestStreak: Math.max(0, ...modes.map((mode) => mode.bestStreak)),
    winShare: winShareOf(modes),
    hitShare: hitShareOf(weapons),
  };
}

/** At most 1, although one shell may hit several drones. */
export const hitShareOf = (weapons: readonly Pick<WeaponSums, "shots" | "hits">[]): number =>
  Math.min(1, sum(weapons, ({ hits }) => hits) / sum(weapons, ({ shots }) => shots));

export const winShareOf = (modes: readonly Pick<ModeSums, "wins" | "matches">[]): number =>
  sum(modes, ({ wins }) => wins) / sum(modes, ({ matches }) => matches);
