/** Measures every theme: whether it can be painted, and whether what matters in a fight stands out from it. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { PICKUP_HUES } from "#client/palette.ts";
import { mix } from "#client/render/paint/colour.ts";
import { HUE_SETS } from "#client/settings/hues.ts";
import { THEME_COLOURS } from "#client/themeColours.ts";
import { THEME_NAMES, type ThemeName } from "#shared/arena/themes.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { contrast, difference, lightness, scaled } from "./kit/colourDistance.ts";
import { recordFills } from "./recordedFills.ts";
import type { CoverKit } from "./theme.ts";
import { loadTheme } from "./themes.ts";

/** Grain makes a floor lighter and darker by at most this share. */
const GRAIN = 0.3;
/** Smallest contrast and OKLab distance of a hue on a floor, on its lightest and darkest grains, and in cover. */
const ON_FLOOR = { contrast: 2.2, difference: 0.25 };
const ON_GRAIN = { contrast: 1.6, difference: 0.2 };
const IN_COVER = { contrast: 1.7, difference: 0.2 };

/** Every hue of drones, their health and danger, of shots, and of pickups; white is the mark of the own drone. */
const HUES = Object.entries(HUE_SETS).flatMap(([set, { teams, health, danger }]) =>
  [...teams, health, danger].map((hue) => [`${set} ${hue}`, hue] as const),
);
const PICKUPS = Object.entries(PICKUP_HUES);
const SIGHTS: readonly (readonly [string, string])[] = [["own mark", "#ffffff"], ...HUES, ...PICKUPS];

/** The pairs that are harder to see than `bound` allows. */
function hidden(
  sights: readonly (readonly [string, string])[],
  surfaces: readonly string[],
  bound: { contrast: number; difference: number },
): string[] {
  return sights.flatMap(([what, hue]) =>
    surfaces
      .filter(
        (surface) => contrast(hue, surface) < bound.contrast || difference(hue, surface) < bound.difference,
      )
      .map(
        (surface) =>
          `${what} on ${surface}: ${contrast(hue, surface).toFixed(2)}, ${difference(hue, surface).toFixed(3)}`,
      ),
  );
}

/** The thinned leaves around a drone in a bush, over the ground: two layers at the opacity of views/bushes.ts. */
function insideCover({ ground, shade, lit }: CoverKit): string[] {
  const leaves = mix(shade, lit, 0.35);
  return [ground, mix(ground, leaves, 0.42), mix(mix(ground, leaves, 0.42), lit, 0.18)];
}

afterEach(() => vi.unstubAllGlobals());

describe.each(THEME_NAMES.map((name) => ({ name })))("$name", ({ name }: { name: ThemeName }) => {
  test("[THEME-1] drones, shots and pickups in every set of hues stand out from the floor", async () => {
    const { palette } = await loadTheme(name);
    expect(hidden(SIGHTS, palette.floors, ON_FLOOR)).toEqual([]);
  });

  test("[THEME-2] they stand out where grain makes the floor lightest and darkest", async () => {
    const { palette } = await loadTheme(name);
    const grains = palette.floors.flatMap((floor) => [scaled(floor, 1 - GRAIN), scaled(floor, 1 + GRAIN)]);
    expect(hidden(SIGHTS, grains, ON_GRAIN)).toEqual([]);
  });

  test("[THEME-3] a drone stands out from the thinned cover around it, and a shot's core from full cover", async () => {
    const { cover } = await loadTheme(name);
    expect(hidden(SIGHTS, insideCover(cover), IN_COVER)).toEqual([]);
    const cores = HUES.map(([what, hue]) => [what, mix(hue, "#ffffff", 0.8)] as const);
    expect(hidden(cores, [cover.shade, mix(cover.shade, cover.lit, 0.5)], IN_COVER)).toEqual([]);
  });

  test("[THEME-4] the painter fills large parts of the floor with no lighter colour than its palette names", async () => {
    const { palette, paintFloor } = await loadTheme(name);
    const lightest = Math.max(...palette.floors.map(lightness));
    const fills = recordFills((ctx, site) => paintFloor(ctx, site), readArena("sprawl"));
    expect(fills.length).toBeGreaterThan(4);
    expect(fills.filter((colour) => lightness(colour) > lightest + 0.01)).toEqual([]);
    // And the most common ones that it names are in use.
    expect(palette.floors.slice(0, 2).filter((floor) => !fills.includes(floor))).toEqual([]);
  });

  test("[THEME-5] the page knows the theme by the colours that the arena shows", async () => {
    const { palette, walls, cover } = await loadTheme(name);
    const page = THEME_COLOURS[name];
    const pairs = [
      [page.floor, palette.floors[0]],
      [page.wall, walls.top],
      [page.cover, mix(cover.shade, cover.lit, 0.4)],
      [page.accent, palette.accent],
      [page.beyond, palette.beyond],
    ] as const;
    expect(pairs.filter(([a, b]) => difference(a, b) > 0.04)).toEqual([]);
  });
});

test("[THEME-6] a pale floor, and one in a team's hue, fail these bounds", () => {
  expect(hidden(SIGHTS, ["#8f8f8f"], ON_FLOOR).length).toBeGreaterThan(10);
  expect(hidden(SIGHTS, ["#2a5a78"], ON_FLOOR).length).toBeGreaterThan(0);
  expect(hidden(SIGHTS, ["#241a1c"], ON_FLOOR)).toEqual([]);
});

test("[THEME-7] floors and walls of two themes are told apart by colour", async () => {
  const themes = await Promise.all(THEME_NAMES.map(loadTheme));
  const apart = themes.flatMap((one, index) =>
    themes
      .slice(index + 1)
      .map((other) =>
        Math.max(
          difference(one.palette.floors[0], other.palette.floors[0]),
          difference(one.walls.top, other.walls.top),
        ),
      ),
  );
  expect(Math.min(...apart)).toBeGreaterThan(0.08);
});
