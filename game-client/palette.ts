/** The page's colours. Players choose the hues of teams, health and danger (settings/hues.ts). */
import { type PickupName, SPECIALS, type SpecialName } from "#shared/tuning.ts";
import { hues } from "./settings/hues.ts";
import { pickupLooksOf } from "./weaponLooks.ts";

export const PALETTE = {
  /** Outside the arena and behind the title. */
  abyss: "#0a0a1f",
  floor: "#14153a",
  wallTop: "#3a3f86",
  wallLit: "#8f9bff",
  wallSide: "#20224f",
  shadow: "#05051299",
  text: "#eef0ff",
  textQuiet: "#a3a8d8",
  glass: "#14153acc",
  accent: "#7de3ff",
  /** The standard set's hues, for things that are painted only once. */
  danger: "#ff5d73",
  health: "#5df2b0",
} as const;

/** Each team's emblem, an SVG path on a 16-unit grid. There are as many as hues, so that colour is never the only clue. */
export const TEAM_SHAPES = [
  "M8 1.500 15 14.500H1Z",
  "M2 2H14V14H2Z",
  "M8 0.500 15.500 8 8 15.500 0.500 8Z",
  "M4.700 1H11.300L16 8 11.300 15H4.700L0 8Z",
  "M5.500 1H10.500V5.500H15V10.500H10.500V15H5.500V10.500H1V5.500H5.500Z",
  "M1 1.500H15L8 14.500Z",
  "M8 0.500 10 6H15.500L11 9.500 12.700 15 8 11.700 3.300 15 5 9.500 0.500 6H6Z",
  "M2 1H14L9.500 8 14 15H2L6.500 8Z",
] as const;

/** The hue of each pickup; their icons differ in shape as well. */
export const PICKUP_HUES: Readonly<Record<PickupName, string>> = {
  health: "#5df2b0",
  shield: "#7db8ff",
  ...(Object.fromEntries(SPECIALS.map((name) => [name, pickupLooksOf(name).hue])) as Record<
    SpecialName,
    string
  >),
  haste: "#5ef0ff",
  overcharge: "#ff5fae",
};

/** The hue of overcharged drones and of fire. */
export const HEAT_HUE = "#ff7a3d";

/** The team's hue in the set that the player chose. */
export const teamHue = (team: number): string => {
  const { teams } = hues.value;
  return teams[team % teams.length] ?? teams[0];
};

export const healthHue = (): string => hues.value.health;
export const dangerHue = (): string => hues.value.danger;

/** Converts "#56b4e9" to Phaser's 0x56b4e9. */
export const tintOf = (hue: string): number => Number.parseInt(hue.slice(1, 7), 16);
