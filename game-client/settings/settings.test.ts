import { describe, expect, it } from "vitest";
import { DEFAULT_BINDINGS } from "./bindings.ts";
import { HUE_SETS, PALETTE_NAMES } from "./hues.ts";
import { parseSettings } from "./settings.ts";

const defaults = parseSettings(undefined);

describe("settings", () => {
  it("[SETTINGS-1] without stored settings, every value is the default", () => {
    expect(defaults).toMatchObject({ language: "auto", effectsVolume: 1, hudScale: 1, motion: "auto" });
    expect(defaults.bindings).toEqual(DEFAULT_BINDINGS);
  });

  it.each(["", "{", "null", "[]", "7", '"x"', "\u0000"])(
    "[SETTINGS-2] stored text that is no settings object (%j) gives the defaults",
    (text) => {
      expect(parseSettings(text)).toEqual(defaults);
    },
  );

  it("[SETTINGS-3] an invalid value falls back alone and keeps the others", () => {
    const text = JSON.stringify({
      hudScale: 9,
      textScale: "big",
      musicVolume: 0.25,
      language: "xx",
      captions: true,
    });
    expect(parseSettings(text)).toEqual({ ...defaults, musicVolume: 0.25, captions: true });
  });

  it("[SETTINGS-4] stored settings are read back unchanged", () => {
    const chosen = { ...defaults, palette: "contrast", motion: "reduced", hudScale: 1.5, language: "fr" };
    expect(parseSettings(JSON.stringify(chosen))).toEqual(chosen);
  });

  it("[SETTINGS-5] every palette has the same number of hues, without duplicates", () => {
    for (const name of PALETTE_NAMES) {
      const { teams } = HUE_SETS[name];
      expect(teams.length).toBe(HUE_SETS.standard.teams.length);
      expect(new Set(teams).size).toBe(teams.length);
      for (const hue of teams) expect(hue).toMatch(/^#[0-9a-f]{6}$/);
    }
  });
});
