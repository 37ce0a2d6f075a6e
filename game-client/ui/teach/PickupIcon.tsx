/** The icon of a pickup, as it lies in the arena. */
import { PICKUP_HUES } from "#client/palette.ts";
import { pickupIconOf } from "#client/pickupIcons.ts";
import type { PickupName } from "#shared/tuning.ts";
import "./pickupIcon.css";

const PLATES = {
  disc: "M-18 0A18 18 0 0 1 18 0A18 18 0 0 1 -18 0Z",
  diamond: "M0 -21 21 0 0 21 -21 0Z",
  star: "M0 -20 8 -15 17 -11 16 0 17 11 8 15 0 20 -8 15 -17 11 -16 0 -17 -11 -8 -15Z",
} as const;

export function PickupIcon({ kind }: { kind: PickupName }) {
  const { glyph, plate } = pickupIconOf(kind);
  return (
    <svg
      class="pickup-icon"
      viewBox="-24 -24 48 48"
      aria-hidden="true"
      style={{ "--pickup": PICKUP_HUES[kind] }}
    >
      <path class="pickup-plate" d={PLATES[plate]} />
      <path class="pickup-glyph" fill-rule="evenodd" d={glyph} />
    </svg>
  );
}
