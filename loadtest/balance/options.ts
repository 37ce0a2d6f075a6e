/** What `npm run balance` is told. */
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
import { MODE_NAMES } from "#shared/modes/modes.ts";
import { type Offer, offersOf } from "./offers.ts";

export interface Options {
  readonly matches: number;
  readonly seed: number;
  readonly skill: SkillName;
  readonly players: number | undefined;
  readonly workers: number;
  readonly bench: boolean;
  /** What is to be played. */
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
  seed: option(
    "seed",
    byDefault(wholeNumber(0, 2 ** 32 - 1), 1),
    "of the first match; each next one has the next",
    "1",
  ),
  skill: option("skill", byDefault(oneOf(SKILL_NAMES), "normal"), "of all bots", "normal"),
  players: option(
    "players",
    ifGiven(wholeNumber(2, 1000, "by default what the map is made for")),
    "bots in a match",
    "8",
  ),
  workers: option("workers", byDefault(wholeNumber(1, 256), 1), "threads", "2"),
  bench: flag("bench", "only measure what thinking costs"),
};

/** Throws OptionError with one line. */
export function readOptions(args: readonly string[]): Options | typeof HELP {
  const parsed = parseOptions(OPTIONS, args);
  if (parsed === HELP) return HELP;
  const { mode, map, ...rest } = parsed;
  const offers = offersOf().filter((offer) => (!mode || offer.mode === mode) && (!map || offer.map === map));
  if (offers.length === 0) {
    throw new OptionError(`no map "${map ?? "any"}" is made for "${mode ?? "any mode"}"`);
  }
  return { ...rest, offers };
}

export const helpText = (): string =>
  helpOf(
    "Plays seeded matches of bots against bots, as fast as the machine goes, and says what they show: npm run balance -- --matches 20. Ctrl+C ends it early, with the figures of what was played: the maps and modes take turns",
    OPTIONS,
  );
