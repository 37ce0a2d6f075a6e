/** The options of `npm run bench -- --fleet`. */
import { flag, type HELP, helpText as helpOf, option, parseOptions } from "#loadtest/lib/cli/options.ts";
import { byDefault, listOf, measureFrom, wholeNumber } from "#loadtest/lib/cli/values.ts";

export interface FleetOptions {
  readonly machines: number;
  /** Sizes to measure, of all machines together. */
  readonly rooms: readonly number[];
  readonly playersPerRoom: number;
  readonly joinsPerSec: number;
  readonly changesPerSec: number;
  /** Length of each of the two measurements of a size. */
  readonly seconds: number;
  readonly writeDocs: boolean;
}

const OPTIONS = {
  fleet: flag("fleet", "many simulated machines with one real Redis, instead of servers that are compared"),
  machines: option("machines", byDefault(wholeNumber(2, 100), 10), "simulated machines (10)", "10"),
  rooms: option(
    "rooms",
    byDefault(listOf(wholeNumber(10, 50_000)), [100, 1_000, 10_000]),
    "rooms of all machines together (100,1000,10000)",
    "100,10000",
  ),
  playersPerRoom: option("players", byDefault(wholeNumber(1, 15), 8), "players of each room (8)", "8"),
  joinsPerSec: option("joins", byDefault(wholeNumber(1, 5_000), 500), "joins a second (500)", "500"),
  changesPerSec: option(
    "changes",
    byDefault(wholeNumber(0, 20_000), 1_000),
    "changes of rooms a second (1000)",
    "1000",
  ),
  seconds: option("seconds", byDefault(measureFrom(1, "seconds", 60), 8), "measured with joins (8)", "8"),
  writeDocs: flag("write-docs", "also writes the table into docs/scaling.md"),
};

/** Throws OptionError. */
export function readFleetOptions(args: readonly string[]): FleetOptions | typeof HELP {
  const parsed = parseOptions(OPTIONS, args);
  return typeof parsed === "string" ? parsed : { ...parsed, rooms: [...parsed.rooms].sort((a, b) => a - b) };
}

export const fleetHelp = (): string =>
  helpOf(
    "Simulates many machines with one real Redis: what a join costs, and how that grows with the number of rooms: npm run bench -- --fleet",
    OPTIONS,
  );
