/** The options of `npm run fuzz`, parsed once. A wrong one is told in a line that says what is allowed. */
import { z } from "zod";
import { flag, HELP, helpText as helpOf, option, parseOptions } from "#loadtest/lib/cli/options.ts";
import { byDefault, ifGiven, wholeNumber } from "#loadtest/lib/cli/values.ts";

export interface FuzzOptions {
  /** In all, over all seeds. */
  frames: number;
  /** The first one; the others follow it. */
  seed: number;
  seeds: number;
  corpusOnly: boolean;
}

export type FuzzCommand =
  | { kind: "run"; options: FuzzOptions }
  | { kind: "narrow"; file: string }
  | { kind: "help" };

const whole = wholeNumber(1, 1_000_000_000);

const OPTIONS = {
  frames: option("frames", byDefault(whole, 20_000), "frames to send in all", "1000000"),
  seed: option("seed", byDefault(whole, 1), "the same seed sends the same bytes", "7"),
  seeds: option("seeds", byDefault(whole, 1), "so many seeds share the frames, from --seed on", "20"),
  corpusOnly: flag("corpus-only", "only what once broke a server (loadtest/fuzz/corpus)"),
  narrow: option(
    "narrow",
    ifGiven({ parse: z.string().min(1), allowed: "the name of a file in there" }),
    "finds what of a file that a run has saved there is needed to break the server again",
    "FILE",
  ),
};

/** What follows the script's name on the command line. Throws OptionError with one line. */
export function parseFuzzCommand(args: readonly string[]): FuzzCommand {
  const parsed = parseOptions(OPTIONS, args);
  if (parsed === HELP) return { kind: "help" };
  const { narrow, ...options } = parsed;
  return narrow === undefined ? { kind: "run", options } : { kind: "narrow", file: narrow };
}

export const helpText = (): string =>
  helpOf(
    "Attacks a real server with frames and HTTP, from seeds: npm run fuzz -- --frames 1000000 --seed 7 --seeds 20",
    OPTIONS,
  );
