/** The command line of `npm run storebench`. */

import { z } from "zod";
import { flag, type HELP, helpText as helpOf, option, parseOptions } from "#loadtest/lib/cli/options.ts";
import { byDefault, ifGiven, wholeNumber } from "#loadtest/lib/cli/values.ts";

const OPTIONS = {
  players: option(
    "players",
    byDefault(wholeNumber(10, 10_000_000), 200_000),
    "players to generate",
    "200000",
  ),
  matches: option("matches", byDefault(wholeNumber(1, 100_000_000), 1_000_000), "their matches", "1000000"),
  seed: option(
    "seed",
    byDefault(wholeNumber(0, 2 ** 32 - 1), 1),
    "the same seed makes the same matches",
    "1",
  ),
  folder: option(
    "folder",
    ifGiven({ parse: z.string().min(1), allowed: "a folder" }),
    "a DATA_DIR that stays; if it has a database, that one is measured (by default a new one is deleted)",
    "FOLDER",
  ),
  postgres: flag("postgres", "starts a PostgreSQL of its own instead of using SQLite"),
  durationSec: option(
    "duration",
    byDefault(wholeNumber(1, 3600), 60),
    "seconds of requests to each route",
    "60",
  ),
  perSec: option("rate", byDefault(wholeNumber(1, 10_000), 100), "requests a second", "100"),
  clients: option("clients", byDefault(wholeNumber(0, 500), 16), "bots that fight meanwhile", "16"),
};

export type StoreBenchOptions = Exclude<ReturnType<typeof readOptions>, typeof HELP>;

/** `args` follow the script's name on the command line. Throws OptionError. */
export const readOptions = (args: readonly string[]) => parseOptions(OPTIONS, args);

export const helpText = (): string =>
  helpOf(
    "Fills a database, and measures its pages and results beside a fight: npm run storebench -- --players 2000 --matches 10000",
    OPTIONS,
  );
