/** Sets of team hues, each legible with the common colour blindnesses; teams also differ by shape. */
import { computed, signal } from "@preact/signals";

export const PALETTE_NAMES = ["standard", "warm", "contrast"] as const;
export type PaletteName = (typeof PALETTE_NAMES)[number];

export interface HueSet {
  /** By team number; two-team matches use the first two. All sets have the same length. */
  readonly teams: readonly [string, ...string[]];
  /** Hues of the health bar and of danger. */
  readonly health: string;
  readonly danger: string;
}

export const HUE_SETS: Readonly<Record<PaletteName, HueSet>> = {
  /** Okabe & Ito (2008), lightened for the dark floor. */
  standard: {
    teams: ["#56b4e9", "#e69f00", "#2ed3a2", "#f0e442", "#d98cc0", "#ff7f50", "#8ea2ff", "#e9edf2"],
    health: "#5df2b0",
    danger: "#ff5d73",
  },
  /** Red against cyan, which tritanopia (blue-yellow blindness) can distinguish. After Tol's "bright". */
  warm: {
    teams: ["#ff6b6b", "#4fd8e8", "#f2f2f2", "#c9a2ff", "#b8860b", "#ff9ecb", "#7a8fd6", "#9be37a"],
    health: "#4fd8e8",
    danger: "#ff6b6b",
  },
  /** Neighbours differ in lightness, for players who see no hue. After Tol's "high contrast". */
  contrast: {
    teams: ["#ffffff", "#d9822b", "#ffe680", "#7f6bff", "#9ff0ff", "#d94f70", "#b0b0c8", "#8fd16a"],
    health: "#ffffff",
    danger: "#ff8a3d",
  },
};

export const palette = signal<PaletteName>("standard");
/** The set in use. Code that caches hues, such as the atlas, must repaint when it changes. */
export const hues = computed<HueSet>(() => HUE_SETS[palette.value]);
