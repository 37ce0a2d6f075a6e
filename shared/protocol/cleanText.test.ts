import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cleanText } from "./cleanText.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const MAX_CHARS = 20;

/** Runs `clean` and counts the code units that it normalizes, and those that it segments. */
function workOf(clean: () => unknown): { calls: number; units: number } {
  const work = { calls: 0, units: 0 };
  const note = (text: string) => {
    work.calls++;
    work.units += text.length;
  };
  const { normalize } = String.prototype;
  vi.spyOn(String.prototype, "normalize").mockImplementation(function (this: string, form?: string) {
    note(this);
    return normalize.call(this, form);
  });
  const { segment } = Intl.Segmenter.prototype;
  vi.spyOn(Intl.Segmenter.prototype, "segment").mockImplementation(function (this: Intl.Segmenter, text) {
    note(text);
    return segment.call(this, text);
  });
  clean();
  vi.restoreAllMocks();
  return work;
}

afterEach(() => vi.restoreAllMocks());

describe("the work of cleanText", () => {
  test.each([
    ["grows 18-fold under NFKC", "\uFDFA"],
    ["grows eight-fold under NFKC", "\uFDFB"],
    ["is one endless visible character", "\u1100"],
    ["is a stack of marks", "\u0336"],
    ["is invisible", "\u200b"],
    ["is white", " "],
    ["joins around what is removed", "a\u200b\u0308"],
    ["is half a character", "\ud83d"],
  ])("[TEXT-COST-1] is bounded by the length allowed, for input that %s", (_what, piece) => {
    const { calls, units } = workOf(() => cleanText(piece.repeat(100_000), MAX_CHARS));
    expect(calls).toBeLessThanOrEqual(3);
    expect(units).toBeLessThanOrEqual(3 * 4 * MAX_CHARS);
  });

  test("[TEXT-COST-2] needs one pass for input that grows together again wherever it is cut", () => {
    const raw = `${"\u1100".repeat(7)}\uAC00${"\uAC00".repeat(100)}`;
    expect(workOf(() => cleanText(raw, MAX_CHARS)).calls).toBeLessThanOrEqual(3);
  });

  test("[TEXT-COST-3] segments no more visible characters than it keeps, and one", () => {
    const { segment } = Intl.Segmenter.prototype;
    let taken = 0;
    vi.spyOn(Intl.Segmenter.prototype, "segment").mockImplementation(function (this: Intl.Segmenter, text) {
      const segments = segment.call(this, text);
      return {
        *[Symbol.iterator]() {
          for (const each of segments) {
            taken++;
            yield each;
          }
        },
      } as unknown as Intl.Segments;
    });
    cleanText("x".repeat(1000), MAX_CHARS);
    expect(taken).toBe(MAX_CHARS + 1);
  });
});

/** Characters that join, grow, vanish or reorder. */
const AWKWARD = [
  ..."a \u00a8\u0308\u0323\u0336\u200b\u202e\u1100\u1161\u11a8\u1160\uac00\u0915\u094d\u09c7\u09be\ufdfa\u{1f469}\u{1f3fd}\u{1f1e9}\ud83d\u2764\ufe0f\u034f\u180b",
];

test("[TEXT-COST-4] any input becomes bounded text that cleaning again does not change", () => {
  const any = fc.oneof(
    fc.array(fc.constantFrom(...AWKWARD), { maxLength: 80 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 80 }),
  );
  fc.assert(
    fc.property(any, (raw) => {
      const text = cleanText(raw, MAX_CHARS);
      expect([...graphemes.segment(text)].length).toBeLessThanOrEqual(MAX_CHARS);
      expect(text.length).toBeLessThanOrEqual(4 * MAX_CHARS);
      expect(text).not.toMatch(/\p{C}|^\s|\s$|\s\s/u);
      expect(cleanText(text, MAX_CHARS)).toBe(text);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

describe("what draws nothing", () => {
  const all = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
  const ignorable = all.filter((character) => /\p{Default_Ignorable_Code_Point}/u.test(character));
  const blank = ["\u2800", "\u{13441}", "\u{13442}", "\u{16fe4}", "\u{1d159}"];

  test("[TEXT-BLANK-1] is removed wherever it stands: each character that Unicode lets fonts ignore, and blanks", () => {
    expect(ignorable.length).toBeGreaterThan(4000);
    const kept = [...ignorable, ...blank].filter((character) =>
      [`${character}Anna`, `An${character}na`, `Anna${character}`, `A${character.repeat(3)}nna`].some(
        (raw) => cleanText(raw, MAX_CHARS) !== "Anna",
      ),
    );
    expect(kept).toEqual([]);
  });

  test.each([
    ["\u2764\ufe0f", "\u2764\ufe0f"],
    ["\u2764\ufe0f\ufe0f", "\u2764\ufe0f"],
    ["\u2764\u034f\ufe0f", "\u2764"],
    ["\u2764\ufe0e", "\u2764"],
    ["7\ufe0f", "7"],
    ["Ann \u2764\ufe0f", "Ann \u2764\ufe0f"],
  ])("[TEXT-BLANK-2] of it only the selector that colours an emoji stays, behind one: %j", (raw, clean) => {
    expect(cleanText(raw, MAX_CHARS)).toBe(clean);
  });
});
