/** Draws room codes: random, not offensive, and neither in use nor used recently. */
import { randomInt } from "node:crypto";
import { matchMaker } from "@colyseus/core";
import { FOUL_WORDS, isFoul } from "#server/services/wordFilter.ts";
import { CODE_LENGTH, CODE_LETTERS, isRoomCode } from "#shared/protocol/roomCode.ts";

/** Links outlive rooms: this many of the newest codes stay known as a room's, in about 1 MB. */
const REMEMBERED_MAX = 10_000;

/** Codes have no vowels, but readers add them: a word counts as present if all its consonants are, at least this many. */
const CONSONANTS_MIN = 3;
const CONSONANTS: readonly string[] = [...FOUL_WORDS, "kkk", "niger", "wtf"]
  .map((word) => word.replace(/[aeiou]/g, "").toUpperCase())
  .filter((consonants) => consonants.length >= CONSONANTS_MIN);

export const isReadable = (code: string): boolean =>
  !isFoul(code) && !CONSONANTS.some((consonants) => code.includes(consonants));

export class RoomCodes {
  readonly #isInUse: (code: string) => boolean | Promise<boolean>;
  /** In drawing order, oldest first. */
  readonly #drawn = new Set<string>();

  constructor(isInUse: (code: string) => boolean | Promise<boolean>) {
    this.#isInUse = isInUse;
  }

  async draw(): Promise<string> {
    for (;;) {
      const code = randomLetters();
      if (!isReadable(code) || this.#drawn.has(code)) continue;
      // Before the first await, so that no other room draws the same code meanwhile.
      this.#remember(code);
      if (!(await this.#isInUse(code))) return code;
    }
  }

  /** Whether the code was a room's, as far as this process remembers; that room may still be open. */
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

/** Call in onCreate; the code becomes the room's id. After a hot reload a room has a code already, and keeps it. */
export async function codeFor(roomId: string): Promise<string> {
  return isRoomCode(roomId) ? roomId : roomCodes.draw();
}

const randomLetters = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");
