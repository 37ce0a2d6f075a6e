/** Account names: which count as equal, and which are reserved. */

import { skeletonOf } from "#server/services/lookAlikes.ts";
import { isFoul } from "#server/services/wordFilter.ts";
import { BOT_NAMES, cleanPlayerName, DEFAULT_NAME, DELETED_NAME } from "#shared/protocol/playerName.ts";

/** The last ones are letters to Unicode, and look like apostrophes, primes and colons. */
const SEPARATORS = /[\p{Z}\p{P}\p{Sk}\u02B9-\u02FF\uA789\uA78B\uA78C]/gu;

/**
 * Equal for names that readers confuse: case, look-alike letters, spaces and punctuation do not count; marks do, as they
 * make other letters in many languages. `name` must be clean (cleanPlayerName). A name of nothing but punctuation is
 * compared as it is.
 */
export function foldName(name: string): string {
  const skeleton = skeletonOf(name);
  return skeleton.replace(SEPARATORS, "") || skeleton;
}

/** Refused as a word of a name, in the plural too: readers would take the player for staff or for the server. */
const OFFICIAL = [
  ...["admin", "administrator", "mod", "moderator", "staff", "support", "official"],
  ...["server", "system", "sysadmin", "fracas"],
];
/** Matches words that are made of official ones: "FracasAdmins". */
const ALL_OFFICIAL = new RegExp(`^(?:(?:${OFFICIAL.map(lettersOf).join("|")})s?)+$`, "u");
/** Refused as a whole name, with or without a number: the game gives these out itself. */
const GIVEN: ReadonlySet<string> = new Set(
  [DEFAULT_NAME, ...BOT_NAMES, "bot", "guest", "player", DELETED_NAME, "deleted"].map(lettersOf),
);

export type AccountName =
  | { is: "name"; name: string; folded: string }
  /** `why` is a sentence for the player. */
  | { is: "refused"; why: string };

/** Cleans and checks a name that a player asks for. */
export function readAccountName(raw: string): AccountName {
  const name = cleanPlayerName(raw);
  const folded = foldName(name);
  const refused = (why: string): AccountName => ({ is: "refused", why });
  if (!/[\p{L}\p{N}]/u.test(name)) return refused("A name needs at least one letter or digit.");
  if (isFoul(name)) return refused("This name has a word in it that is starred here.");
  const readings = spellingsOf(name).map(wordsOf);
  if (readings.some((words) => [...words, words.join("")].some((word) => ALL_OFFICIAL.test(word))))
    return refused("This name would look like the server's own.");
  if (readings.some((words) => GIVEN.has(words.join(""))))
    return refused("The game gives this name out itself.");
  return { is: "name", name, folded };
}

/** Digits that begin or end a word. */
const EDGE_NUMBERS = /(?<![\p{L}\p{M}\p{N}])\p{N}+|\p{N}+(?![\p{L}\p{M}\p{N}])/gu;
/** Within a word as in "FracasAdmin". */
const NEXT_WORD = /(?<=\p{Ll})(?=\p{Lu})/gu;
/** Signs and digits that players write for letters: "4dm!n". */
const STAND_INS: Readonly<Record<string, string>> = {
  ...{ "@": "a", "!": "i", $: "s" },
  ...{ 3: "e", 4: "a", 5: "s", 7: "t" },
};

/**
 * Each way to read the name: a digit is part of a number or stands for a letter, a sign separates words or stands for a
 * letter, and a capital may begin a word.
 */
function spellingsOf(name: string): string[] {
  const unnumbered = name.replace(EDGE_NUMBERS, " ");
  const spelledOut = [name, unnumbered].map((text) =>
    Array.from(text, (character) => STAND_INS[character] ?? character).join(""),
  );
  const spellings = [
    ...[name.replace(/\p{N}+/gu, ""), unnumbered, unnumbered.replace(/\p{S}+/gu, " ")],
    ...spelledOut,
  ];
  return spellings.flatMap((spelling) => [spelling, spelling.replace(NEXT_WORD, " ")]);
}

/** The words as skeletons without marks and digits. All other characters that are no letters separate words. */
function wordsOf(text: string): string[] {
  return skeletonOf(text)
    .replace(/[\p{M}\p{N}]+/gu, "")
    .split(/[^\p{Lu}\p{Ll}\p{Lt}\p{Lo}]+/u)
    .filter((word) => word !== "");
}

function lettersOf(text: string): string {
  return wordsOf(text).join("");
}
