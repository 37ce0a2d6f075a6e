/** The options of `npm run bench -- --cluster`. */
import {
  flag,
  HELP,
  helpText as helpOf,
  type OptionValues,
  option,
  parseOptions,
} from "#loadtest/lib/cli/options.ts";
import { byDefault, listOf, measureFrom, oneOf, wholeNumber } from "#loadtest/lib/cli/values.ts";
import { PART_NAMES } from "./part.ts";

const TABLE = {
  cluster: flag("cluster", "measures a server with several processes, by the parts below"),
  parts: option(
    "part",
    byDefault(listOf(oneOf(PART_NAMES)), [...PART_NAMES]),
    "parts to run (all, in this order)",
    "kill,deploy",
  ),
  rounds: option("rounds", byDefault(wholeNumber(1, 99), 5), "capacity, join: rounds (5)", "5"),
  seconds: option(
    "seconds",
    byDefault(measureFrom(1, "seconds", 120), 20),
    "capacity, front: measured in each run (20)",
    "20",
  ),
  warmUpSec: option(
    "warm-up",
    byDefault(measureFrom(0, "seconds", 60), 20),
    "capacity, front: before that, with all players in (20)",
    "20",
  ),
  players: option(
    "players",
    byDefault(wholeNumber(8, 400), 160),
    "capacity: players of one process, in rooms of 8; two have twice as many (160)",
    "160",
  ),
  crowd: option(
    "crowd",
    byDefault(wholeNumber(10, 1000), 600),
    "front: players, in rooms of 30 (600)",
    "600",
  ),
  joins: option(
    "joins",
    byDefault(wholeNumber(5, 1000), 200),
    "join: joins of each server a round (200)",
    "200",
  ),
  kills: option("kills", byDefault(wholeNumber(1, 1000), 50), "kill: room processes killed (50)", "50"),
  deploys: option("deploys", byDefault(wholeNumber(1, 1000), 50), "deploy: how often (50)", "50"),
  rooms: option(
    "rooms",
    byDefault(wholeNumber(40, 100_000), 10_000),
    "soak: public rooms made and ended (10,000)",
    "10000",
  ),
  hosted: option(
    "hosted",
    byDefault(wholeNumber(0, 500), 40),
    "soak: hosted rooms after that, which end five minutes later (40; 0 leaves that out)",
    "40",
  ),
  seed: option("seed", byDefault(wholeNumber(0, 2 ** 32 - 1), 1), "seed of commands and pauses (1)", "1"),
};

export type ClusterOptions = OptionValues<typeof TABLE>;

/** Throws OptionError. */
export function readClusterOptions(args: readonly string[]): ClusterOptions | typeof HELP {
  const parsed = parseOptions(TABLE, args);
  if (parsed === HELP) return HELP;
  return { ...parsed, parts: PART_NAMES.filter((name) => parsed.parts.includes(name)) };
}

export const clusterHelpText = (): string =>
  helpOf(
    "Measures what several processes hold, cost and lose: npm run bench -- --cluster --part kill --kills 5",
    TABLE,
  );
