/** A weapon's icon, in the kill feed, on the HUD and on the respawn card. */
import { WEAPON_LOOKS } from "#client/weaponLooks.ts";
import type { WeaponName } from "#shared/tuning.ts";

export function WeaponIcon({ weapon }: { weapon: WeaponName }) {
  return (
    <svg class="icon weapon-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={WEAPON_LOOKS[weapon].icon} />
    </svg>
  );
}
