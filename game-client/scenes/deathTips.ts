/** Chooses a tip for a player who was destroyed, for the first few times on this device. */
import { pageMemory } from "#client/storage.ts";
import type { TipName } from "#client/ui/state/fight.ts";
import type { WeaponName } from "#shared/tuning.ts";

const KEY = "fracas.deaths";
export const TIPS_MAX = 10;

export interface Situation {
  /** The killer's weapon that did the most damage. */
  readonly weapon: WeaponName;
  /** How many drones had damaged the player shortly before. */
  readonly attackers: number;
  readonly isDashReady: boolean;
}

/** The tips that fit the situation, the most telling first. */
export const tipsFor = ({ weapon, attackers, isDashReady }: Situation): TipName[] => [
  ...(attackers > 1 ? ["crowd" as const] : []),
  weapon,
  ...(isDashReady ? ["dash" as const] : []),
];

/** Counts the destruction. Undefined after TIPS_MAX of them. */
export function nextTip(situation: Situation): TipName | undefined {
  const before = Number(pageMemory.recall(KEY) ?? 0) || 0;
  if (before >= TIPS_MAX) return undefined;
  pageMemory.remember(KEY, String(before + 1));
  const tips = tipsFor(situation);
  return tips[before % tips.length];
}
