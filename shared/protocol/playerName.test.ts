import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanPlayerName, DEFAULT_NAME } from "./playerName.ts";

describe("cleanPlayerName", () => {
  test.each([
    ["  Ann  ", "Ann"],
    ["Ann\n\t Lee", "Ann Lee"],
    ["\u202Enimda\u202C", "nimda"],
    ["A\u200Bn\u200Dn\uFEFF", "Ann"],
    ["\u0000A\u0007", "A"],
    ["", DEFAULT_NAME],
    ["   ", DEFAULT_NAME],
    ["\u3164\u2800", DEFAULT_NAME],
    ["ＦＵＬＬ", "FULL"],
    ["Zoë", "Zoë"],
    ["Zoe\u0308", "Zoë"],
    ["李小龙", "李小龙"],
    ["<b>x</b>", "<b>x</b>"],
    ["x".repeat(10_000), "x".repeat(16)],
    [`Z${"\u0336".repeat(200)}`, "Z\u0336\u0336"],
    // Each is an endless sequence that counts as one grapheme.
    ["\u1100".repeat(256), "\u1100".repeat(6)],
    ["क्".repeat(128), "क्".repeat(3)],
    ["👩🏽".repeat(20), "👩🏽".repeat(16)],
  ])("[PLAYER-NAME-1] %j is shown as %j", (raw, shown) => {
    expect(cleanPlayerName(raw)).toBe(shown);
  });

  test("[PLAYER-NAME-2] any input becomes 1 to 16 visible characters without invisible ones, and cleaning twice changes nothing", () => {
    const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (raw) => {
        const name = cleanPlayerName(raw);
        const count = [...graphemes.segment(name)].length;
        expect(count).toBeGreaterThanOrEqual(1);
        expect(count).toBeLessThanOrEqual(16);
        expect(name).not.toMatch(/\p{C}/u);
        expect([...name].length).toBeLessThanOrEqual(16 * 6);
        expect(cleanPlayerName(name)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });
});
