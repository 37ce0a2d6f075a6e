/** The colours of share images: those of game-client/palette.ts and of its standard hues, which a test compares. */
export const COLOURS = {
  abyss: "#0a0a1f",
  floor: "#14153a",
  wallTop: "#3a3f86",
  wallLit: "#8f9bff",
  text: "#eef0ff",
  textQuiet: "#a3a8d8",
  accent: "#7de3ff",
  danger: "#ff5d73",
  health: "#5df2b0",
} as const;

/** The lines behind every image. */
export const GRID_LINE = "#23255c";

export const TEAM_HUES = [
  "#56b4e9",
  "#e69f00",
  "#2ed3a2",
  "#f0e442",
  "#d98cc0",
  "#ff7f50",
  "#8ea2ff",
  "#e9edf2",
] as const;

/** The emblems of the teams, on a 16-unit grid, so that colour is never the only clue. */
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

export const teamHue = (team: number): string => TEAM_HUES[team % TEAM_HUES.length] ?? TEAM_HUES[0];

/** "#8f9bff" with an alpha from 0 to 1. */
export const faded = (hue: string, alpha: number): string =>
  `${hue}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, "0")}`;
