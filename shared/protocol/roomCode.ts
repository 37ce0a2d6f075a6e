/** A room's id is its code: short enough to be read out, without letters that look or sound like others. */

/** No I, L, O, Q, U, V and no vowels that make words of it by chance. */
export const CODE_LETTERS = "BCDFGHJKMNPRSTWXYZ";
export const CODE_LENGTH = 5;

const CODE = new RegExp(`^[${CODE_LETTERS}]{${CODE_LENGTH}}$`);

export const isRoomCode = (text: string): boolean => CODE.test(text);

/** As typed or pasted, a whole link included → a code; undefined when it is none. */
export function readRoomCode(typed: string): string | undefined {
  const code = (/\/r\/(\w+)/.exec(typed)?.[1] ?? typed.replace(/[\s-]/g, "")).toUpperCase();
  return isRoomCode(code) ? code : undefined;
}
