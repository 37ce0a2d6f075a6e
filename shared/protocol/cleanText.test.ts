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
  ..."a \u00a8\u0308\u0323\u0336\u200b\u202e\u1100\u1161\u11a8\u1160\uac00\u0915\u094d\u09c7\u09be\ufdfa\u{1f469}\u{1f3fd}\u{1f1e9}\ud83d",
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
