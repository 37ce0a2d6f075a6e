/** Ids of matches: UUIDv7, which begin with the time. A match's replay has the same id. */

const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** The id in a text from outside, in lower case; undefined if the text is none. It is safe as a file's name. */
export function readMatchId(text: string): string | undefined {
  const id = text.toLowerCase();
  return UUID_V7.test(id) ? id : undefined;
}

/** When the match began, ms since 1970. */
export const beganAtMs = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
