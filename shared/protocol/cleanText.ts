/** Cleans text that a player typed before other players see it. */

/** Code units read, and kept, for each visible character allowed: an emoji with a skin tone has four, most letters one. */
const UNITS_PER_CHAR = 4;
/**
 * Control, format (zero-width, direction), private-use, surrogate and unassigned characters; all that Unicode lets a font
 * draw as nothing (joiners, fillers, variation selectors); blanks that it calls letters, marks or symbols. The group is an
 * emoji with the selector that colours it, which stays.
 */
const INVISIBLE =
  /(\p{Extended_Pictographic}\uFE0F)|[\p{C}\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{16FE4}\u{1D159}]/gu;
/** Without the byte order mark, which JavaScript calls white and nobody sees. */
const WHITE = /[^\S\uFEFF]/gu;
/** One or two combining marks are spelling; a stack of them covers the text above it. */
const MARK_TOWER = /(\p{M}{2})\p{M}+/gu;

/** Longest visible character: emoji need several code points, but an unlimited number fills the screen. */
const CODE_POINTS_PER_CHAR = 6;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * NFKC, single spaces, no invisible characters, at most `maxChars` visible ones. May be empty. Idempotent. Its work is
 * bounded by `maxChars`, whatever the length of `raw`; NFKC alone turns one character into up to 18.
 */
export function cleanText(raw: string, maxChars: number): string {
  const maxUnits = maxChars * UNITS_PER_CHAR;
  const visible = raw
    .slice(0, maxUnits)
    .normalize("NFKC")
    .slice(0, maxUnits)
    .replace(WHITE, " ")
    .replace(INVISIBLE, "$1")
    // Joins what stood around an invisible character.
    .normalize("NFKC")
    .replace(/ +/g, " ")
    .replace(MARK_TOWER, "$1")
    .replace(/^[ \p{M}]+/u, "");
  return firstChars(visible, maxChars).trimEnd();
}

/** The first `max` visible characters. Ends in an overlong one, whose rest would grow together with what follows. */
function firstChars(text: string, max: number): string {
  let end = 0;
  let count = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (count++ === max) break;
    const codePoints = [...segment];
    if (codePoints.length > CODE_POINTS_PER_CHAR) {
      return text.slice(0, end) + codePoints.slice(0, CODE_POINTS_PER_CHAR).join("");
    }
    end += segment.length;
  }
  return text.slice(0, end);
}
