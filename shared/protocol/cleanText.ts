/** Text as typed → text that can be shown to others. */

/** Longer input is cut before any work is spent on it: so many code units for each character that is wanted. */
const RAW_PER_CHAR = 16;
/** Control, format (zero-width, direction), private-use, surrogate and unassigned characters. */
const INVISIBLE = /[\p{C}\u115F\u1160\u2800\u3164\uFFA0]/gu;
/** An accent or two is spelling; a tower of them writes over other people's text. */
const MARK_TOWER = /(\p{M}{2})\p{M}+/gu;

/** A character may be made of several code points, but not of so many that it fills the screen. */
const CODE_POINTS_PER_CHAR = 6;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** NFKC, one space between words, nothing invisible, at most so many visible characters; may be empty. */
export function cleanText(raw: string, maxChars: number): string {
  let text = raw.slice(0, maxChars * RAW_PER_CHAR);
  // What one pass takes out can bring together what the next must take out.
  for (let before = ""; before !== text; ) {
    before = text;
    text = clean(text, maxChars);
  }
  return text;
}

function clean(text: string, maxChars: number): string {
  const visible = text
    .normalize("NFKC")
    .replace(/\s+/gu, " ")
    .replace(INVISIBLE, "")
    .replace(MARK_TOWER, "$1")
    .replace(/^[\s\p{M}]+|\s+$/gu, "");
  return Array.from(graphemes.segment(visible), ({ segment }) => shorten(segment))
    .slice(0, maxChars)
    .join("")
    .trim();
}

const shorten = (grapheme: string) => [...grapheme].slice(0, CODE_POINTS_PER_CHAR).join("");
