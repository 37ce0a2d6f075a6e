import { describe, expect, it } from "vitest";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { callSign, firstVisible } from "./rememberedName.ts";

describe("the name field", () => {
  it("[UI-NAME-1] counts graphemes: a family emoji is one, a combining accent is none", () => {
    expect(firstVisible("👨‍👩‍👧‍👦👨‍👩‍👧‍👦x", 2)).toBe("👨‍👩‍👧‍👦👨‍👩‍👧‍👦");
    expect(firstVisible("e\u0301a", 1)).toBe("e\u0301");
    expect(firstVisible("short", NAME_MAX_CHARS)).toBe("short");
  });

  it("[UI-NAME-2] suggests call signs that fit the name field", () => {
    const { first, second } = STRINGS.callSigns;
    for (const a of first)
      for (const b of second) expect(`${a} ${b}`.length).toBeLessThanOrEqual(NAME_MAX_CHARS);
    expect(callSign(() => 0)).toBe(`${first[0]} ${second[0]}`);
    expect(callSign(() => 0.999)).toBe(`${first.at(-1)} ${second.at(-1)}`);
  });
});
