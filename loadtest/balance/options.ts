/** The options of `npm run balance`. */
import { z } from "zod";
import {
  flag,
  HELP,
  helpText as helpOf,
  OptionError,
  option,
  parseOptions,
} from "#loadtest/lib/cli/options.ts";
import { byDefault, ifGiven, oneOf, wholeNumber } from "#loadtest/lib/cli/values.ts";
import { SKILL_NAMES, type SkillName } from "#shared/brain/skill.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import { allOffers, type Offer } from "./offers.ts";

export interface Options {
  readonly matches: number;
  readonly seed: number;
  readonly skill: SkillName;
  readonly players: number | undefined;
  readonly workers: number;
  readonly bench: boolean;
  readonly ratings: boolean;
  readonly contact: boolean;
  /** A Tiled file to try instead of the maps of the game. */
  readonly file: string | undefined;
  readonly mode: ModeName | undefined;
  /** The pairs of map and mode to play. */
  readonly offers: readonly Offer[];
}

const count = wholeNumber(1, 1_000_000);

const OPTIONS = {
  matches: option("matches", byDefault(count, 20), "matches of each map and mode", "20"),
  mode: option("mode", ifGiven(oneOf(MODE_NAMES)), "only this mode", "deathmatch"),
  map: option(
    "map",
    ifGiven({ parse: z.string().min(1), allowed: "a map's name" }),
    "only this map",
    "foundry",
  ),
  file: option(
    "file",
    ifGiven({ parse: z.string().min(1), allowed: "the path of a Tiled file" }),
    "tries this map instead of those of the game, and says what to change",
    "quarry.tmj",
  ),
  seed: option(
    "seed",
    byDefault(wholeNumber(0, 2 ** 32 - 1), 1),
    "the seed of the first round; each round has the next one",
    "1",
  ),
  skill: option("skill", byDefault(oneOf(SKILL_NAMES), "normal"), "the skill of all bots", "normal"),
  players: option(
    "players",
    ifGiven(wholeNumber(2, 1000, "by default what the map was made for")),
    "bots in a match",
    "8",
  ),
  workers: option("workers", byDefault(wholeNumber(1, 256), 1), "worker threads", "2"),
  bench: flag("bench", "only measures what the bots' decisions cost"),
  contact: flag(
    "contact",
    "only measures how soon a newcomer alone with the bots of a public room sees an enemy",
  ),
  ratings: flag("ratings", "only simulates the ratings of 300 people in 20,000 matches, and farms"),
};

/** Throws OptionError. */
export function readOptions(args: readonly string[]): Options | typeof HELP {
  const parsed = parseOptions(OPTIONS, args);
  if (parsed === HELP) return HELP;
  const { map, ...rest } = parsed;
  const { mode, file } = rest;
  if (file !== undefined) return { ...rest, offers: [] };
  const offers = allOffers().filter((offer) => (!mode || offer.mode === mode) && (!map || offer.map === map));
  if (offers.length === 0) {
    throw new OptionError(
      mode ? `no map "${map ?? "any"}" was made for "${mode}"` : `there is no map "${map}"`,
    );
  }
  return { ...rest, offers };
}

export const helpText = (): string =>
  helpOf(
    "Plays seeded matches of bots against bots as fast as the machine can, and reports whether weapons and sides are fair: npm run balance -- --matches 20. Ctrl+C ends the run early and reports the matches played until then",
    OPTIONS,
  );
