import { readdirSync } from "node:fs";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { settings } from "#client/settings/settings.ts";
import { bearingOf } from "#client/ui/state/captions.ts";
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { strings as en, type Strings } from "./languages/en.ts";
import { fetchLanguage, LANGUAGES, nameOfLanguage } from "./languages.ts";
import { loadLanguage, matchLanguage, STRINGS } from "./strings.ts";

const tableOf = async (language: string): Promise<Strings> =>
  language === "en" ? en : fetchLanguage(language);

/** Every text of a table by its path; functions are called with samples. */
function texts(of: unknown, path = ""): [string, string][] {
  if (typeof of === "string") return [[path, of]];
  if (typeof of === "function") return [[path, String(of(2, "b", "c"))]];
  return Object.entries(of as object).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

afterEach(() => {
  settings.language.value = "auto";
});

describe("languages", () => {
  it("[LANG-1] the page takes the first of the browser's languages that it speaks, else English", () => {
    expect(matchLanguage(["eo", "de-AT", "fr"])).toBe("de");
    expect(matchLanguage(["FR-ca"])).toBe("fr");
    expect(matchLanguage(["xx"])).toBe("en");
    expect(matchLanguage([])).toBe("en");
  });

  it("[LANG-2] every language has the same texts as English, and none of them is empty", async () => {
    const paths = texts(en).map(([path]) => path);
    for (const language of LANGUAGES) {
      const all = texts(await tableOf(language));
      expect(all.map(([path]) => path).sort()).toEqual([...paths].sort());
      for (const [path, text] of all) expect(text, `${language}${path}`).not.toBe("");
    }
  });

  it("[LANG-3] texts follow the language setting as soon as they are loaded", async () => {
    // Other test files in this worker share the modules, and may have loaded languages.
    vi.resetModules();
    const { settings } = await import("#client/settings/settings.ts");
    // Files that follow in this worker get these new modules.
    onTestFinished(() => {
      settings.language.value = "auto";
    });
    const { loadLanguage, STRINGS } = await import("./strings.ts");
    settings.language.value = "de";
    expect(STRINGS.play).toBe("Play");
    await loadLanguage("de");
    expect(STRINGS.play).toBe("Spielen");
    settings.language.value = "fr";
    await loadLanguage("fr");
    expect(STRINGS.play).toBe("Jouer");
  });

  it("[LANG-4] call signs fit into the name field in every language", async () => {
    for (const language of LANGUAGES) {
      const { first, second } = (await tableOf(language)).callSigns;
      for (const a of first)
        for (const b of second) expect(`${a} ${b}`.length, `${a} ${b}`).toBeLessThanOrEqual(NAME_MAX_CHARS);
    }
  });

  it("[LANG-5] every file of languages/ is a language of the page, called as its speakers call it", () => {
    const files = readdirSync(new URL("./languages", import.meta.url)).map((name) =>
      name.replace(/\.ts$/, ""),
    );
    expect([...LANGUAGES].sort()).toEqual(files.sort());
    expect(LANGUAGES.map(nameOfLanguage)).toEqual(expect.arrayContaining(["English", "Deutsch", "Français"]));
  });

  it("[LANG-6] a language without texts is refused, and the page stays English", async () => {
    settings.language.value = "xx";
    await expect(loadLanguage("xx")).rejects.toThrow('"xx"');
    expect(STRINGS.play).toBe("Play");
  });
});

describe("captions", () => {
  it("[CAPTION-1] the bearing is the side of the listener that a sound came from", () => {
    expect(bearingOf({ dx: 10, dy: -20 })).toBe("here");
    expect(bearingOf({ dx: -300, dy: 200 })).toBe("left");
    expect(bearingOf({ dx: 300, dy: -200 })).toBe("right");
    expect(bearingOf({ dx: 100, dy: -200 })).toBe("up");
    expect(bearingOf({ dx: 100, dy: 200 })).toBe("down");
  });
});
