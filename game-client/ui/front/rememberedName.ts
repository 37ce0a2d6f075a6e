/** The player's name between visits, and the call sign that the page suggests without one. */
import { pageMemory } from "#client/storage.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { NAME_MAX_CHARS } from "#shared/config.ts";

const KEY = "fracas.name";
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

export const recallName = (): string => firstVisible(pageMemory.recall(KEY) ?? "", NAME_MAX_CHARS);

export const rememberName = (name: string): void => pageMemory.remember(KEY, name);

/** The first `count` graphemes: an emoji of five code points counts as one. */
export function firstVisible(text: string, count: number): string {
  let end = 0;
  let seen = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (seen++ === count) break;
    end += segment.length;
  }
  return text.slice(0, end);
}

/** `random` returns numbers in [0, 1). */
export function callSign(random: () => number = Math.random): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? "";
  return `${pick(STRINGS.callSigns.first)} ${pick(STRINGS.callSigns.second)}`;
}
