/** Which prompt is due, and the names of keys on each device. */
import { afterEach, describe, expect, it } from "vitest";
import { bind } from "#client/settings/bindings.ts";
import { resetBindings, settings } from "#client/settings/settings.ts";
import { fireNames, keyNameOf, moveNames } from "./keyNames.ts";
import { areAllDone, nextPrompt, type PromptName } from "./prompts.ts";

const KEYS = { device: "keys", hasSpecial: false } as const;
const having = (...done: PromptName[]) => new Set(done);

afterEach(() => {
  resetBindings();
  settings.leftHanded.value = false;
});

describe("prompts", () => {
  it("[TEACH-1] come one at a time, in their order, and each goes by doing", () => {
    expect(nextPrompt(having(), KEYS)).toBe("move");
    expect(nextPrompt(having("move"), KEYS)).toBe("fire");
    expect(nextPrompt(having("move", "fire"), KEYS)).toBe("dash");
    expect(nextPrompt(having("move", "fire", "dash"), KEYS)).toBe("pickup");
  });

  it("[TEACH-2] what the player did before its turn is not asked for", () => {
    expect(nextPrompt(having("fire", "dash"), KEYS)).toBe("move");
    expect(nextPrompt(having("fire", "dash", "move"), KEYS)).toBe("pickup");
  });

  it("[TEACH-3] the fifth asks for a special weapon that is held, else for the scoreboard, and either ends it", () => {
    const four = ["move", "fire", "dash", "pickup"] as const;
    expect(nextPrompt(having(...four), { device: "keys", hasSpecial: true })).toBe("special");
    expect(nextPrompt(having(...four), KEYS)).toBe("scores");
    expect(nextPrompt(having(...four), { device: "touch", hasSpecial: false })).toBeUndefined();
    for (const fifth of ["special", "scores"] as const) {
      expect(nextPrompt(having(...four, fifth), { device: "pad", hasSpecial: true })).toBeUndefined();
      expect(areAllDone(having(...four, fifth))).toBe(true);
    }
    expect(areAllDone(having(...four))).toBe(false);
    expect(areAllDone(having("special"))).toBe(false);
  });
});

describe("names of keys", () => {
  const texts = (names: readonly { text: string }[]) => names.map(({ text }) => text);

  it("[TEACH-4] are those of the device in use", () => {
    expect(keyNameOf("altFire", "keys")?.text).toBe("Right click");
    expect(keyNameOf("altFire", "pad")?.text).toBe("RB");
    expect(keyNameOf("altFire", "touch")).toEqual({ text: "Special weapon", touch: "altFire" });
    expect(keyNameOf("scores", "touch")).toBeUndefined();
    expect(texts(moveNames("keys"))).toEqual(["W", "A", "S", "D"]);
    expect(texts(moveNames("pad"))).toEqual(["Left stick"]);
    expect(texts(fireNames("pad"))).toEqual(["Right stick", "RT"]);
    expect(texts(fireNames("touch"))).toEqual(["Right thumb"]);
  });

  it("[TEACH-5] follow the bindings and the hand", () => {
    const place = { action: "altFire", kind: "keys", slot: 0 } as const;
    settings.bindings.value = bind(settings.bindings.value, place, "KeyQ").bindings;
    expect(keyNameOf("altFire", "keys")?.text).toBe("Q");
    settings.bindings.value = bind(settings.bindings.value, place, "").bindings;
    expect(keyNameOf("altFire", "keys")?.text).toBe("E");
    settings.bindings.value = bind(settings.bindings.value, { ...place, slot: 1 }, "").bindings;
    expect(keyNameOf("altFire", "keys")).toBeUndefined();
    settings.leftHanded.value = true;
    expect(texts(moveNames("touch"))).toEqual(["Right thumb"]);
    expect(texts(fireNames("touch"))).toEqual(["Left thumb"]);
  });
});
