/** The one palette. Hues of teams, health and danger are the player's choice (settings/hues.ts); teams differ by shape as well. */

import type { PickupName } from "#shared/tuning.ts";
import { hues } from "./settings/hues.ts";

export const PALETTE = {
  /** Outside the arena, and behind the title. */
  abyss: "#0a0a1f",
  floor: "#14153a",
  floorLine: "#23255c",
  wallTop: "#3a3f86",
  wallLit: "#8f9bff",
  wallSide: "#20224f",
  shadow: "#05051299",
  text: "#eef0ff",
  textQuiet: "#a3a8d8",
  glass: "#14153acc",
  accent: "#7de3ff",
  /** As the standard set has them, for what is painted once. */
  danger: "#ff5d73",
  health: "#5df2b0",
} as const;

/** A team's key on a 16-unit grid, as SVG paths: as many as there are hues, so that neither is needed alone. */
export const TEAM_SHAPES = [
  "M8 1.500 15 14.500H1Z",
  "M2 2H14V14H2Z",
  "M8 0.500 15.500 8 8 15.500 0.500 8Z",
  "M4.700 1H11.300L16 8 11.300 15H4.700L0 8Z",
  "M5.500 1H10.500V5.500H15V10.500H10.500V15H5.500V10.500H1V5.500H5.500Z",
  "M1 1.500H15L8 14.500Z",
  "M8 0.500 10 6H15.500L11 9.500 12.700 15 8 11.700 3.300 15 5 9.500 0.500 6H6Z",
] as const;

/** What lies about to be taken; the icons' shapes differ as well. */
export const PICKUP_HUES = {
  health: "#5df2b0",
  shield: "#7db8ff",
  scatter: "#ff8a5c",
  rail: "#c3a0ff",
  mortar: "#ffd45e",
  haste: "#5ef0ff",
  overcharge: "#ff5fae",
} as const satisfies Record<PickupName, string>;

/** Of an overcharged drone, and of what burns. */
export const HEAT_HUE = "#ff7a3d";

/** Of the set that the player chose. */
export const teamHue = (team: number): string => {
  const { teams } = hues.value;
  return teams[team % teams.length] ?? teams[0];
};

export const healthHue = (): string => hues.value.health;
export const dangerHue = (): string => hues.value.danger;

/** "#56b4e9" → 0x56b4e9, as Phaser wants it. */
export const tintOf = (hue: string): number => Number.parseInt(hue.slice(1, 7), 16);
