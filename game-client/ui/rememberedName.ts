/** The player's name between visits, and one to offer to who has none yet. */
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { STRINGS } from "./strings.ts";

const KEY = "fracas.name";
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Storage may be forbidden; then the name lasts as long as the page. */
export function recallName(): string {
  try {
    return firstVisible(localStorage.getItem(KEY) ?? "", NAME_MAX_CHARS);
  } catch {
    return "";
  }
}

export function rememberName(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Forbidden or full: playing matters more than remembering.
  }
}

/** The first `count` characters as people count them: an emoji of five code points is one. */
export function firstVisible(text: string, count: number): string {
  let end = 0;
  let seen = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (seen++ === count) break;
    end += segment.length;
  }
  return text.slice(0, end);
}

/** `chance` gives numbers in [0, 1). */
export function callSign(chance: () => number = Math.random): string {
  const pick = (words: readonly string[]): string => words[Math.floor(chance() * words.length)] ?? "";
  return `${pick(STRINGS.callSigns.first)} ${pick(STRINGS.callSigns.second)}`;
}
