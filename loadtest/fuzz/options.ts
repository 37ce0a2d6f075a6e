/** The options of `npm run fuzz`. */
import { z } from "zod";
import { flag, HELP, helpText as helpOf, option, parseOptions } from "#loadtest/lib/cli/options.ts";
import { byDefault, ifGiven, wholeNumber } from "#loadtest/lib/cli/values.ts";

export interface FuzzOptions {
  /** In total, over all seeds. */
  frames: number;
  /** The first seed; the others follow it. */
  seed: number;
  seeds: number;
  corpusOnly: boolean;
}

export type FuzzCommand =
  | { kind: "run"; options: FuzzOptions }
  | { kind: "narrow"; file: string }
  | { kind: "costs"; rounds: number }
  | { kind: "replays"; files: number; seed: number }
  | { kind: "editors"; messages: number; seed: number }
  | { kind: "help" };

const whole = wholeNumber(1, 1_000_000_000);

const OPTIONS = {
  frames: option("frames", byDefault(whole, 20_000), "frames to send in total", "1000000"),
  seed: option("seed", byDefault(whole, 1), "the same seed sends the same bytes", "7"),
  seeds: option("seeds", byDefault(whole, 1), "seeds that share the frames, from --seed on", "20"),
  corpusOnly: flag("corpus-only", "only replays the corpus of regressions (loadtest/fuzz/corpus)"),
  costs: flag("costs", "prints what each kind of input costs the server, and fails if one is over its bound"),
  rounds: option(
    "rounds",
    byDefault(wholeNumber(1, 100), 3),
    "rounds of --costs that count, a minute each",
    "9",
  ),
  replays: option(
    "replays",
    ifGiven(whole),
    "instead gives a reader of replays so many damaged and foreign files",
    "100000",
  ),
  editors: option(
    "editors",
    ifGiven(whole),
    "instead sends so many hostile messages into a room of the arena editor",
    "100000",
  ),
  narrow: option(
    "narrow",
    ifGiven({ parse: z.string().min(1), allowed: "the name of a file in the corpus" }),
    "reduces a regression that a run has saved to what breaks the server",
    "FILE",
  ),
};

/** `args` follow the script's name on the command line. Throws OptionError. */
export function parseFuzzCommand(args: readonly string[]): FuzzCommand {
  const parsed = parseOptions(OPTIONS, args);
  if (parsed === HELP) return { kind: "help" };
  const { narrow, costs, rounds, replays, editors, ...options } = parsed;
  if (replays !== undefined) return { kind: "replays", files: replays, seed: options.seed };
  if (editors !== undefined) return { kind: "editors", messages: editors, seed: options.seed };
  if (costs) return { kind: "costs", rounds };
  return narrow === undefined ? { kind: "run", options } : { kind: "narrow", file: narrow };
}

export const helpText = (): string =>
  helpOf(
    "Attacks a real server with seeded frames and HTTP requests: npm run fuzz -- --frames 1000000 --seed 7 --seeds 20",
    OPTIONS,
  );
