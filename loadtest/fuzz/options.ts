/** The options of `npm run fuzz`, parsed once. A wrong one is told in a line that says what is allowed. */
import { parseArgs } from "node:util";
import { z } from "zod";

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

const WHOLE_ALLOWED = "a whole number from 1 to 1000000000";
const whole = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 1e9);

const OPTIONS = {
  frames: { parse: whole.default(20_000), meaning: "frames to send in all", example: "1000000" },
  seed: { parse: whole.default(1), meaning: "the same seed sends the same bytes", example: "7" },
  seeds: {
    parse: whole.default(1),
    meaning: "so many seeds share the frames, from --seed on",
    example: "20",
  },
} as const;

export class OptionError extends Error {}

/** What follows the script's name on the command line. Throws OptionError with one line. */
export function parseFuzzCommand(args: string[]): FuzzCommand {
  const values = readArguments(args);
  if (values.help) return { kind: "help" };
  if (values.narrow !== undefined) return { kind: "narrow", file: values.narrow };
  const numbers = { frames: read("frames"), seed: read("seed"), seeds: read("seeds") };
  return { kind: "run", options: { ...numbers, corpusOnly: values["corpus-only"] } };

  function read(name: keyof typeof OPTIONS): number {
    const parsed = OPTIONS[name].parse.safeParse(values[name]);
    if (parsed.success) return parsed.data;
    throw new OptionError(`--${name} is ${JSON.stringify(values[name])}, but allowed is ${WHOLE_ALLOWED}.`);
  }
}

function readArguments(args: string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  try {
    const options = {
      frames: text,
      seed: text,
      seeds: text,
      "corpus-only": flag,
      narrow: text,
      help: flag,
    };
    return parseArgs({ args, options }).values;
  } catch (error) {
    const [said] = (error as Error).message.split(/\.[ \n]/);
    throw new OptionError(`${said}; allowed are --frames, --seed, --seeds, --corpus-only, --narrow, --help.`);
  }
}

export function helpText(): string {
  const lines = Object.entries(OPTIONS).map(
    ([name, { meaning, example }]) => `  ${`--${name} ${example}`.padEnd(20)}${meaning}: ${WHOLE_ALLOWED}`,
  );
  return [
    "Attacks a real server with frames and HTTP, from seeds: npm run fuzz -- --frames 1000000 --seed 7 --seeds 20",
    ...lines,
    `  ${"--corpus-only".padEnd(20)}only what once broke a server (loadtest/fuzz/corpus)`,
    `  ${"--narrow FILE".padEnd(20)}a file that a run has saved there: what of it is needed to break the server again`,
  ].join("\n");
}
