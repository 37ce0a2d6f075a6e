/** The minimap's colours: those of the arena's theme, dark enough for the marks of every team. */
import { THEME_COLOURS } from "#client/themeColours.ts";
import type { ThemeName } from "#shared/arena/themes.ts";

/** The share of the theme's own floor; the rest is black. Marks need a contrast of 3 to it (BOARD-1). */
const FLOOR_SHARE = 0.35;

/** Colours as "#rrggbb". */
export function minimapColours(theme: ThemeName): { floor: string; walls: string } {
  const { floor, wall } = THEME_COLOURS[theme];
  return { floor: darkened(floor, FLOOR_SHARE), walls: wall };
}

function darkened(colour: string, share: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `#${parts
    .map((part) =>
      Math.round(part * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
