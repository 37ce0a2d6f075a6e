/** How each weapon looks and sounds: one row a weapon, beside its row of rules in shared/tuning.ts. */
import type { SpecialName, WeaponName } from "#shared/tuning.ts";
import type { SoundName } from "./audio/sounds.ts";

/** A share from 0 to 1 of white mixed into the team's hue, or the colours of fire. */
export type MuzzleTint = number | "heat" | "paleHeat";

/** The flash at the barrel. Sizes are factors of the particle's usual size, spreads are in radians. */
export interface MuzzleLooks {
  readonly flameTint: MuzzleTint;
  /** Each turned by `turnRad` from the barrel's direction. */
  readonly flames: readonly { readonly size: number; readonly turnRad?: number }[];
  readonly flash: { readonly tint: MuzzleTint; readonly size: number };
  readonly ripple?: { readonly tint: MuzzleTint; readonly size: number };
  readonly sparks?: { readonly count: number; readonly spread: number; readonly speed: number };
  readonly smoke?: {
    readonly count: number;
    readonly spread: number;
    readonly speed: number;
    readonly size?: number;
  };
}

/** How a projectile that flies low is drawn. Shells and beams have one look each. */
export type ShotLooks = "bolt" | "pellet";

export interface PickupLooks {
  readonly hue: string;
  /** An SVG path on a 32-unit grid about 0,0, filled even-odd. */
  readonly glyph: string;
}

export interface WeaponLooks {
  /** An SVG path on a 24-unit grid, stroked: in the kill feed, on the HUD and on the respawn card. */
  readonly icon: string;
  /** A shot as its owner hears it, and as everyone else does. */
  readonly sounds: { readonly own: SoundName; readonly others: SoundName };
  readonly muzzle: MuzzleLooks;
  /** By default a bolt. */
  readonly shot?: ShotLooks;
  /** For weapons that drones pick up. */
  readonly pickup?: PickupLooks;
}

type LooksOf<Name> = Name extends SpecialName ? WeaponLooks & { readonly pickup: PickupLooks } : WeaponLooks;

export const WEAPON_LOOKS: { readonly [Name in WeaponName]: LooksOf<Name> } = {
  blaster: {
    icon: "M3 12H15M15 8 21 12 15 16Z",
    sounds: { own: "fire", others: "fireFar" },
    muzzle: { flameTint: 0.55, flames: [{ size: 1 }], flash: { tint: 0, size: 0.7 } },
  },
  scatter: {
    icon: "M3 12H8M10 12 20 5M10 12H21M10 12 20 19",
    sounds: { own: "scatter", others: "scatterFar" },
    muzzle: {
      flameTint: "paleHeat",
      flames: [{ size: 1.2, turnRad: -0.3 }, { size: 1.2, turnRad: 0.3 }, { size: 1.6 }],
      flash: { tint: "heat", size: 1.5 },
      sparks: { count: 6, spread: 0.5, speed: 1.1 },
      smoke: { count: 2, spread: 0.5, speed: 3 },
    },
    shot: "pellet",
    pickup: {
      hue: "#ff8a5c",
      glyph:
        "M-11 2 -6 0 -11 -2ZM-4 -2 7 -11 8.500 -6ZM-4 -0.500 11.500 -2.500V2.500L-4 0.500ZM-4 2 7 11 8.500 6Z",
    },
  },
  rail: {
    icon: "M2 12H22M6 8V16M18 9V15",
    sounds: { own: "rail", others: "railFar" },
    muzzle: {
      flameTint: 1,
      flames: [{ size: 1.7 }],
      flash: { tint: 0.5, size: 1.5 },
      ripple: { tint: 0.4, size: 0.55 },
    },
    pickup: {
      hue: "#c3a0ff",
      glyph: "M-13 -1.500H3V-5.500L14 0 3 5.500V1.500H-13ZM-9 -6H-1V-4H-9ZM-9 4H-1V6H-9Z",
    },
  },
  mortar: {
    icon: "M3 18C7 6 14 6 17 14M13 17H21M17 13V21",
    sounds: { own: "mortar", others: "mortarFar" },
    muzzle: {
      flameTint: "paleHeat",
      flames: [{ size: 1.1 }],
      flash: { tint: "heat", size: 1.2 },
      smoke: { count: 6, spread: 0.7, speed: 3.5, size: 1.3 },
    },
    pickup: {
      hue: "#ffd45e",
      glyph: "M0 -12Q6 -6 5 2L9 7V11L3 8H-3L-9 11V7L-5 2Q-6 -6 0 -12ZM-3.500 -1H3.500V1H-3.500Z",
    },
  },
};

/** How a weapon looks as a pickup. */
export const pickupLooksOf = (weapon: SpecialName): PickupLooks => WEAPON_LOOKS[weapon].pickup;
