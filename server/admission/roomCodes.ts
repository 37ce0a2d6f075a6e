/**
 * Draws the codes that rooms are known by: not to be guessed, no word that nobody wants to read out, and never one
 * that is in use or was a room's not long ago.
 */
import { randomInt } from "node:crypto";
import { matchMaker } from "@colyseus/core";
import { FOUL_WORDS, isFoul } from "#server/services/wordFilter.ts";
import { CODE_LENGTH, CODE_LETTERS, isRoomCode } from "#shared/protocol/roomCode.ts";

/** Links live longer than rooms: so many of the newest codes are known to have been a room's. About 1 MB. */
const REMEMBERED_MAX = 10_000;

/** Codes have no vowels, but readers put them in: a word is there when all its consonants are, so many at least. */
const CONSONANTS_MIN = 3;
const CONSONANTS: readonly string[] = [...FOUL_WORDS, "kkk", "niger", "wtf"]
  .map((word) => word.replace(/[aeiou]/g, "").toUpperCase())
  .filter((consonants) => consonants.length >= CONSONANTS_MIN);

export const isReadable = (code: string): boolean =>
  !isFoul(code) && !CONSONANTS.some((consonants) => code.includes(consonants));

export class RoomCodes {
  readonly #isInUse: (code: string) => boolean | Promise<boolean>;
  /** In the order in which they were drawn. */
  readonly #drawn = new Set<string>();

  constructor(isInUse: (code: string) => boolean | Promise<boolean>) {
    this.#isInUse = isInUse;
  }

  async draw(): Promise<string> {
    for (;;) {
      const code = randomLetters();
      if (!isReadable(code) || this.#drawn.has(code)) continue;
      // Before anything is waited for, so that no other room draws it meanwhile.
      this.#remember(code);
      if (!(await this.#isInUse(code))) return code;
    }
  }

  /** Whether it was a room's, as far as this process remembers; it may be one still. */
  wasDrawn(code: string): boolean {
    return this.#drawn.has(code);
  }

  #remember(code: string): void {
    this.#drawn.add(code);
    const [oldest] = this.#drawn;
    if (this.#drawn.size > REMEMBERED_MAX && oldest !== undefined) this.#drawn.delete(oldest);
  }
}

export const roomCodes = new RoomCodes((code) => matchMaker.driver.has(code));

/** To be called in onCreate: a room's id from then on. After a hot reload a room has its code already, and keeps it. */
export async function codeFor(roomId: string): Promise<string> {
  return isRoomCode(roomId) ? roomId : roomCodes.draw();
}

const randomLetters = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");
