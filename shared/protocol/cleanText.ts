/** Cleans text that a player typed before other players see it. */

/** Input is cut to this many code units per allowed character before any other work. */
const RAW_PER_CHAR = 16;
/** Control, format (zero-width, direction), private-use, surrogate and unassigned characters. */
const INVISIBLE = /[\p{C}\u115F\u1160\u2800\u3164\uFFA0]/gu;
/** One or two combining marks are spelling; a stack of them covers the text above it. */
const MARK_TOWER = /(\p{M}{2})\p{M}+/gu;

/** Longest visible character: emoji need several code points, but an unlimited number fills the screen. */
const CODE_POINTS_PER_CHAR = 6;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** NFKC, single spaces, no invisible characters, at most `maxChars` visible ones. May be empty. Idempotent. */
export function cleanText(raw: string, maxChars: number): string {
  let text = raw.slice(0, maxChars * RAW_PER_CHAR);
  // Removing one character can join others that must be removed, too.
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
