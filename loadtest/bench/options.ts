/** The options of `npm run bench`. */
import { flag, HELP, helpText as helpOf, option, parseOptions } from "#loadtest/lib/cli/options.ts";
import { byDefault, listOf, measureFrom, oneOf, wholeNumber } from "#loadtest/lib/cli/values.ts";
import { SPREADS, type Spread } from "./scenario.ts";
import { SERVER_NAMES, type ServerName } from "./servers/names.ts";

export interface Options {
  readonly players: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSec: number;
  readonly servers: readonly ServerName[];
  readonly spread: Spread;
  readonly seed: number;
  readonly profile: boolean;
  readonly writeDocs: boolean;
}

/** Fewer than 8 players would be joined by bots in a room of Fracas. */
const size = wholeNumber(8, 1000, "players in one room");
/** A match of Fracas ends after five minutes; the next one starts with new positions. */
const SECONDS_MAX = 200;

const OPTIONS = {
  players: option(
    "players",
    byDefault(listOf(size), [50, 100, 200, 400]),
    "sizes to measure (50,100,200,400)",
    "50,400",
  ),
  rounds: option(
    "rounds",
    byDefault(wholeNumber(1, 99), 3),
    "runs of each server and size; figures are their medians (3)",
    "3",
  ),
  seconds: option(
    "seconds",
    byDefault(measureFrom(1, "seconds", SECONDS_MAX), 10),
    "measured in each run (10)",
    "10",
  ),
  warmUpSec: option(
    "warm-up",
    byDefault(measureFrom(1, "seconds", 60), 3),
    "before that, with all players in (3)",
    "3",
  ),
  servers: option(
    "servers",
    byDefault(listOf(oneOf(SERVER_NAMES)), [...SERVER_NAMES]),
    "servers to compare (all); without the floor there are no ratios",
    "fracas,floor",
  ),
  spread: option(
    "spread",
    byDefault(oneOf(SPREADS), "equal"),
    "equal density at every size, or the whole field at every size (equal)",
    "whole",
  ),
  seed: option("seed", byDefault(wholeNumber(0, 2 ** 32 - 1), 1), "seed of the movement (1)", "1"),
  profile: flag("profile", "each server writes a CPU profile of itself beside the report"),
  writeDocs: flag("write-docs", "also writes the tables into docs/performance.md"),
};

/** Sizes ascend, servers are in the order of the tables. Throws OptionError. */
export function readOptions(args: readonly string[]): Options | typeof HELP {
  const parsed = parseOptions(OPTIONS, args);
  if (parsed === HELP) return HELP;
  return {
    ...parsed,
    players: [...parsed.players].sort((a, b) => a - b),
    servers: SERVER_NAMES.filter((name) => parsed.servers.includes(name)),
  };
}

export const helpText = (): string =>
  helpOf(
    "Runs the same players on Fracas and on its alternatives, in turn, one server process each, and compares what a player costs: npm run bench -- --players 200 --rounds 3",
    OPTIONS,
  );
