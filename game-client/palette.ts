/** The one palette. The usual team hues are Okabe & Ito's (2008), which survive colour blindness; shapes differ as well. */
import { hues } from "#client/settings/hues.ts";

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
  danger: "#ff5d73",
  health: "#5df2b0",
} as const;

/** By team number, again from the start when there are more teams; the silhouette then changes. */
export const TEAM_HUES = [
  "#56b4e9", // sky
  "#e69f00", // orange
  "#2ed3a2", // bluish green, lightened for the dark floor
  "#f0e442", // yellow
  "#d98cc0", // reddish purple, lightened
  "#ff7f50", // vermilion, lightened
  "#8ea2ff", // blue, lightened
] as const;

/** Of the set that the player chose. */
export const teamHue = (team: number): string => {
  const { teams } = hues.value;
  return teams[team % teams.length] ?? teams[0];
};

/** "#56b4e9" → 0x56b4e9, as Phaser wants it. */
export const tintOf = (hue: string): number => Number.parseInt(hue.slice(1, 7), 16);
