/** Draws room codes: random, not offensive, and neither in use nor used recently. */
import { randomInt } from "node:crypto";
import { FOUL_WORDS, isFoul } from "#server/services/wordFilter.ts";
import { CODE_LENGTH, CODE_LETTERS } from "#shared/protocol/roomCode.ts";
import type { Directory } from "./directory.ts";

/** Codes have no vowels, but readers add them: a word counts as present if all its consonants are, at least this many. */
const CONSONANTS_MIN = 3;
const CONSONANTS: readonly string[] = [...FOUL_WORDS, "kkk", "niger", "wtf"]
  .map((word) => word.replace(/[aeiou]/g, "").toUpperCase())
  .filter((consonants) => consonants.length >= CONSONANTS_MIN);

export const isReadable = (code: string): boolean =>
  !isFoul(code) && !CONSONANTS.some((consonants) => code.includes(consonants));

/** A code that no room has, and none had of late. */
export async function drawCode(directory: Pick<Directory, "drawCode">): Promise<string> {
  for (;;) {
    const code = randomCode();
    if (await directory.drawCode(code)) return code;
  }
}

export function randomCode(): string {
  for (;;) {
    const code = randomLetters();
    if (isReadable(code)) return code;
  }
}

const randomLetters = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");
