/** The icon of each pickup: in the arena, on the HUD and on the page of weapons. */
import { isSpecial, type PickupName, type SpecialName } from "#shared/tuning.ts";
import { pickupLooksOf } from "./weaponLooks.ts";

/** The shape on which the glyph lies. */
export type Plate = "disc" | "diamond" | "star";

export interface PickupIcon {
  /** An SVG path on a 32-unit grid about 0,0, filled even-odd. */
  readonly glyph: string;
  readonly plate: Plate;
}

/** Weapons lie on a diamond, with the glyph of their looks. */
const ICONS: Readonly<Record<Exclude<PickupName, SpecialName>, PickupIcon>> = {
  health: {
    glyph: "M-3.500 -11H3.500V-3.500H11V3.500H3.500V11H-3.500V3.500H-11V-3.500H-3.500Z",
    plate: "disc",
  },
  shield: {
    glyph: "M0 -11.500 10 -6V6L0 11.500 -10 6V-6ZM0 -6.500 -5.500 -3.500V3.500L0 6.500 5.500 3.500V-3.500Z",
    plate: "disc",
  },
  haste: {
    glyph: "M-10 -9H-4L4 0 -4 9H-10L-2.500 0ZM0 -9H6L13 0 6 9H0L7.500 0Z",
    plate: "star",
  },
  overcharge: { glyph: "M3 -13 -8.500 2H-1L-3.500 13 8.500 -3.500H1Z", plate: "star" },
};

export const pickupIconOf = (kind: PickupName): PickupIcon =>
  isSpecial(kind) ? { glyph: pickupLooksOf(kind).glyph, plate: "diamond" } : ICONS[kind];
