/** Each weapon's sign, in the kill feed, on the HUD and on the respawn card. */
import type { WeaponName } from "#shared/tuning.ts";

const SIGNS: Readonly<Record<WeaponName, string>> = {
  blaster: "M3 12H15M15 8 21 12 15 16Z",
  scatter: "M3 12H8M10 12 20 5M10 12H21M10 12 20 19",
  rail: "M2 12H22M6 8V16M18 9V15",
  mortar: "M3 18C7 6 14 6 17 14M13 17H21M17 13V21",
};

export function WeaponIcon({ weapon }: { weapon: WeaponName }) {
  return (
    <svg class="icon weapon-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={SIGNS[weapon]} />
    </svg>
  );
}
