/** The options of `npm run bench`. */
import { flag, HELP, helpText as helpOf, option, parseOptions } from "#loadtest/lib/cli/options.ts";
import { byDefault, ifGiven, listOf, measureFrom, oneOf, wholeNumber } from "#loadtest/lib/cli/values.ts";
import { MAX_PLAYERS } from "#shared/config.ts";
import { SPREADS, type Spread } from "./scenarios/field.ts";
import { SERVER_NAMES, SERVERS_BY_DEFAULT, type ServerName } from "./servers/names.ts";

export interface Options {
  readonly players: readonly number[];
  /** Players of a room in which they fight; undefined: all in one room, on the field. */
  readonly roomsOf: number | undefined;
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
const size = wholeNumber(8, 1000, "players");
const DEFAULT_PLAYERS = { field: [50, 100, 200, 400], fight: [200, 600] } as const;
/**
 * A server runs for weeks, and V8 compiles what runs often for the first quarter of a minute: with 3 s of warm-up Fracas
 * cost 1.5 times the floor, with 25 s 1.3 times.
 */
const WARM_UP_SEC = 20;
/** The script of a fight, and a circle's positions, repeat themselves later. */
const SECONDS_MAX = 120;

const OPTIONS = {
  players: option(
    "players",
    ifGiven(listOf(size)),
    "sizes to measure (50,100,200,400; with --rooms-of 200,600)",
    "50,400",
  ),
  roomsOf: option(
    "rooms-of",
    ifGiven(wholeNumber(4, MAX_PLAYERS)),
    "players fight in rooms of so many (by default all move in one room, and nobody fires)",
    "8",
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
    byDefault(measureFrom(1, "seconds", 60), WARM_UP_SEC),
    "before that, with all players in (20)",
    "3",
  ),
  servers: option(
    "servers",
    byDefault(listOf(oneOf(SERVER_NAMES)), [...SERVERS_BY_DEFAULT]),
    `servers to compare (${SERVERS_BY_DEFAULT.join(",")}); without the floor there are no ratios`,
    "fracas,floor",
  ),
  spread: option(
    "spread",
    byDefault(oneOf(SPREADS), "equal"),
    "in one room: equal density at every size, or the whole field at every size (equal)",
    "whole",
  ),
  seed: option("seed", byDefault(wholeNumber(0, 2 ** 32 - 1), 1), "seed of the players' commands (1)", "1"),
  profile: flag("profile", "each server writes a CPU profile of itself beside the report"),
  writeDocs: flag("write-docs", "also writes the tables into docs/performance.md"),
};

/** Sizes ascend, servers are in the order of the tables. Throws OptionError. */
export function readOptions(args: readonly string[]): Options | typeof HELP {
  const parsed = parseOptions(OPTIONS, args);
  if (parsed === HELP) return HELP;
  const players = parsed.players ?? DEFAULT_PLAYERS[parsed.roomsOf === undefined ? "field" : "fight"];
  return {
    ...parsed,
    players: [...players].sort((a, b) => a - b),
    servers: SERVER_NAMES.filter((name) => parsed.servers.includes(name)),
  };
}

export const helpText = (): string =>
  helpOf(
    "Runs the same players on Fracas and on its alternatives, in turn, one server process each, and compares what a player costs: npm run bench -- --players 200 --rounds 3",
    OPTIONS,
  );
