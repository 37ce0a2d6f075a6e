/** Experience and levels: what everybody gains, whatever their skill. */
import type { Level } from "#shared/protocol/progress.ts";

/** Playing for a minute, and what is done in it, are worth about the same. */
const XP = { perMinute: 20, perKill: 6, perAssist: 3, perFlag: 25, perHillSec: 1, win: 40 } as const;

export interface Played {
  playedSec: number;
  kills: number;
  assists: number;
  flags: number;
  hillSec: number;
}

/** A whole number ≥ 0. */
export function xpOf({ playedSec, kills, assists, flags, hillSec }: Played, isWin: boolean): number {
  return Math.round(
    (playedSec / 60) * XP.perMinute +
      kills * XP.perKill +
      assists * XP.perAssist +
      flags * XP.perFlag +
      hillSec * XP.perHillSec +
      (isWin ? XP.win : 0),
  );
}

/** Level n + 1 begins STEP × n × (n + 1) / 2 above zero: each level takes STEP more than the one before. */
const STEP = 150;
const startOf = (level: number) => (STEP * (level - 1) * level) / 2;

export function levelOf(xp: number): Level {
  const level = Math.floor((1 + Math.sqrt(1 + (8 * xp) / STEP)) / 2);
  return { level, xp, fromXp: startOf(level), toXp: startOf(level + 1) };
}

/** How far `xp` is from the beginning of this level to the next one, 0…1; 0 for an `xp` of an earlier level. */
export const shareOfLevel = ({ fromXp, toXp }: Level, xp: number): number =>
  Math.min(1, Math.max(0, (xp - fromXp) / (toXp - fromXp)));
