import { expect, test } from "vitest";
import { HUE_SETS } from "#client/settings/hues.ts";
import { THEME_NAMES } from "#shared/arena/themes.ts";
import { minimapColours } from "./minimapColours.ts";

/** Relative luminance after WCAG 2. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

test.each(THEME_NAMES)(
  "[SCOREBOARD-1] on the minimap of %s every team's mark has a contrast of 3 to the floor, and walls show",
  (theme) => {
    const { floor, walls } = minimapColours(theme);
    for (const { teams } of Object.values(HUE_SETS))
      for (const hue of teams) expect(contrast(hue, floor), hue).toBeGreaterThanOrEqual(3);
    expect(contrast(walls, floor)).toBeGreaterThanOrEqual(1.4);
  },
);
