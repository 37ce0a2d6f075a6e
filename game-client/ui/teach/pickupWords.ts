/** Names of pickups, and what each gives, from the tuning. */
import { percent } from "#client/ui/kit/figures.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { HASTE, isSpecial, OVERCHARGE, PICKUPS, type PickupName } from "#shared/tuning.ts";

export function pickupName(kind: PickupName): string {
  if (isSpecial(kind)) return STRINGS.weapons[kind];
  if (kind === "health" || kind === "shield") return STRINGS[kind];
  return STRINGS.loadout[kind];
}

export function pickupGives(kind: PickupName): string {
  const words = STRINGS.teach.gives;
  const { amount } = PICKUPS[kind];
  const seconds = amount / TICKS_PER_SEC;
  if (isSpecial(kind)) return words.shots(amount);
  if (kind === "haste") return words.haste(percent(HASTE.speedShare - 1), seconds);
  if (kind === "overcharge") return words.overcharge(percent(OVERCHARGE.damageShare - 1), seconds);
  return words[kind](amount);
}
