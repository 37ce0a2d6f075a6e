/** A name as typed → a name that can be shown to others. */
import { NAME_MAX_CHARS } from "#shared/config.ts";

export const DEFAULT_NAME = "Drone";

/** Longer input is cut before any work is spent on it. */
const RAW_MAX = 256;
/** Control, format (zero-width, direction), private-use, surrogate and unassigned characters. */
const INVISIBLE = /[\p{C}\u115F\u1160\u2800\u3164\uFFA0]/gu;
/** An accent or two is spelling; a tower of them writes over other people's text. */
const MARK_TOWER = /(\p{M}{2})\p{M}+/gu;

/** A character may be made of several code points, but not of so many that it fills the screen. */
const CODE_POINTS_PER_CHAR = 6;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** NFKC, one space between words, nothing invisible, at most 16 visible characters; never empty. */
export function cleanPlayerName(raw: string): string {
  let name = raw.slice(0, RAW_MAX);
  // What one pass takes out can bring together what the next must take out.
  for (let before = ""; before !== name; ) {
    before = name;
    name = clean(name);
  }
  return name || DEFAULT_NAME;
}

function clean(text: string): string {
  const visible = text
    .normalize("NFKC")
    .replace(/\s+/gu, " ")
    .replace(INVISIBLE, "")
    .replace(MARK_TOWER, "$1")
    .replace(/^[\s\p{M}]+|\s+$/gu, "");
  return Array.from(graphemes.segment(visible), ({ segment }) => shorten(segment))
    .slice(0, NAME_MAX_CHARS)
    .join("")
    .trim();
}

const shorten = (grapheme: string) => [...grapheme].slice(0, CODE_POINTS_PER_CHAR).join("");
