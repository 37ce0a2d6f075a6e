/** Account names: which count as equal, and which are reserved. */

import { skeletonOf } from "#server/services/lookAlikes.ts";
import { isFoul } from "#server/services/wordFilter.ts";
import { BOT_NAMES, cleanPlayerName, DEFAULT_NAME } from "#shared/protocol/playerName.ts";

const SEPARATORS = /[\p{Z}\p{P}\p{Sk}]/gu;

/**
 * Equal for names that readers confuse: case, look-alike letters, spaces and punctuation do not count. `name` must be
 * clean (cleanPlayerName). A name of nothing but punctuation is compared as it is.
 */
export function foldName(name: string): string {
  const skeleton = skeletonOf(name);
  return skeleton.replace(SEPARATORS, "") || skeleton;
}

/** Refused as a word within a name: readers would take the player for staff or for the server. */
const OFFICIAL = fold(["admin", "administrator", "moderator", "server", "fracas", "system"]);
/** Refused as a whole name, with or without a number: the game gives these out itself. */
const GIVEN = fold([DEFAULT_NAME, ...BOT_NAMES, "bot", "guest", "player", "deleted player", "deleted"]);

function fold(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map(foldName));
}

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
  const stem = withoutNumber(name);
  if ([stem, ...stem.split(SEPARATORS).map(withoutNumber)].some((word) => OFFICIAL.has(foldName(word))))
    return refused("This name would look like the server's own.");
  if (GIVEN.has(foldName(stem))) return refused("The game gives this name out itself.");
  return { is: "name", name, folded };
}

const withoutNumber = (text: string): string => text.replace(/\d+$/, "");
