/** Room codes: a room's id, short enough to read out, without letters that look or sound alike. */

/** Without I, L, O, Q, U, V, and without the other vowels, which could form words. */
export const CODE_LETTERS = "BCDFGHJKMNPRSTWXYZ";
export const CODE_LENGTH = 5;

const CODE = new RegExp(`^[${CODE_LETTERS}]{${CODE_LENGTH}}$`);

export const isRoomCode = (text: string): boolean => CODE.test(text);

/**
 * The code in text that a player typed or pasted, which may be a whole link; undefined when there is none. Spaces,
 * hyphens, and the punctuation that a message puts around a link, are left out.
 */
export function readRoomCode(typed: string): string | undefined {
  const code = (/\/r\/([a-z\d]+)/i.exec(typed)?.[1] ?? typed.replace(/[^\p{L}\p{N}/]/gu, "")).toUpperCase();
  return isRoomCode(code) ? code : undefined;
}
