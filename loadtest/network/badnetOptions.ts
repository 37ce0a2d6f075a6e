/** The options of `npm run badnet`, parsed once. A wrong one is told in a line that says what is allowed. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { DEFAULT_PORT } from "#shared/config.ts";
import { type BadNetworkOptions, isLoopback } from "./badNetwork.ts";

interface Option<Value> {
  parse: z.ZodType<Value>;
  /** Ends the sentence "allowed is …". */
  allowed: string;
  /** For --help. */
  meaning: string;
  example: string;
}

const option = <Value>(
  parse: z.ZodType<Value>,
  allowed: string,
  meaning: string,
  example: string,
): Option<Value> => ({ parse, allowed, meaning, example });

const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .refine((number) => number <= max);

const MAX_MS = 60_000;
const milliseconds = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .transform(Number)
  .refine((ms) => ms <= MAX_MS);
const MILLISECONDS_ALLOWED = `milliseconds from 0 to ${MAX_MS}`;

const share = z
  .string()
  .regex(/^\d+(\.\d+)?%$/)
  .transform((text) => Number.parseFloat(text) / 100)
  .refine((value) => value <= 1);

const BYTES: Record<string, number> = { k: 1000, m: 1_000_000 };
const bandwidth = z
  .string()
  .regex(/^\d{1,9}(\.\d+)?[kKmM]?$/)
  .transform((text) => Number.parseFloat(text) * (BYTES[text.slice(-1).toLowerCase()] ?? 1));

const target = z
  .string()
  .regex(/^((\[[\da-f:]+\]|[\w.-]+):)?\d{1,5}$/i)
  .transform((text) => {
    const colon = text.lastIndexOf(":");
    const host = colon < 0 ? "127.0.0.1" : text.slice(0, colon).replace(/^\[|\]$/g, "");
    return { host, port: Number(text.slice(colon + 1)) };
  })
  .refine(({ host, port }) => isLoopback(host) && port >= 1 && port <= 65535);

const OPTIONS = {
  rtt: option(milliseconds.default(0), MILLISECONDS_ALLOWED, "round trip, half of it each way", "250"),
  jitter: option(milliseconds.default(0), MILLISECONDS_ALLOWED, "round trips vary by ± this much", "50"),
  stall: option(
    share.default(0),
    "a percentage from 0% to 100%, such as 2%",
    "chunks that are held up, with all behind them: packet loss",
    "2%",
  ),
  "stall-ms": option(milliseconds.default(150), MILLISECONDS_ALLOWED, "how long a stall lasts", "150"),
  bandwidth: option(
    bandwidth.default(0),
    "bytes a second, such as 64k or 1.5M, or 0 for no limit",
    "bytes a second each way, for each connection",
    "64k",
  ),
  port: option(
    whole(65535).default(2568),
    "a whole number from 0 (any free port) to 65535",
    "where to play",
    "2568",
  ),
  target: option(
    target.default({ host: "127.0.0.1", port: DEFAULT_PORT }),
    "a port from 1 to 65535, or host:port with a host on this machine (127.x.x.x, localhost or [::1])",
    "where the server is",
    "2567",
  ),
  seed: option(
    whole(2 ** 32 - 1).default(1),
    "a whole number from 0 to 4294967295",
    "same seed, same luck",
    "1",
  ),
};

export class OptionError extends Error {}

const HELP = "help";
const NAMES = [...Object.keys(OPTIONS), HELP];

/** What follows the script's name on the command line. Throws OptionError with one line. */
export function parseBadnetOptions(args: string[]): Required<BadNetworkOptions> | "help" {
  const { given, unknown } = readArguments(args);
  if (given.has(HELP)) return "help";
  const options = {
    rttMs: read("rtt", OPTIONS.rtt),
    jitterMs: read("jitter", OPTIONS.jitter),
    stallShare: read("stall", OPTIONS.stall),
    stallMs: read("stall-ms", OPTIONS["stall-ms"]),
    bytesPerSec: read("bandwidth", OPTIONS.bandwidth),
    port: read("port", OPTIONS.port),
    target: read("target", OPTIONS.target),
    seed: read("seed", OPTIONS.seed),
  };
  // Last, for a value that was forgotten makes the next one look like a word too many.
  if (unknown !== undefined) {
    throw new OptionError(
      `${unknown} is no option; allowed are ${NAMES.map((name) => `--${name}`).join(", ")}.`,
    );
  }
  return options;

  function read<Value>(name: string, { parse, allowed }: Option<Value>): Value {
    const text = given.get(name);
    const parsed = parse.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new OptionError(`--${name} is ${JSON.stringify(text)}, but allowed is ${allowed}.`);
  }
}

/** Not strict, for our own words: those of parseArgs run over several sentences and name no alternatives. */
function readArguments(args: string[]): { given: Map<string, string>; unknown: string | undefined } {
  const options = Object.fromEntries(
    NAMES.map((name) => [name, { type: name === HELP ? ("boolean" as const) : ("string" as const) }]),
  );
  const given = new Map<string, string>();
  let unknown: string | undefined;
  for (const token of parseArgs({ args, options, strict: false, tokens: true }).tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") unknown ??= token.value;
    else if (NAMES.includes(token.name)) given.set(token.name, token.value ?? "");
    else unknown ??= token.rawName;
  }
  return { given, unknown };
}

export function helpText(): string {
  const lines = Object.entries(OPTIONS).map(
    ([name, { meaning, example, allowed }]) => `  ${`--${name} ${example}`.padEnd(18)}${meaning}: ${allowed}`,
  );
  return [
    "A bad network in front of a server on this machine: npm run badnet -- --rtt 250 --jitter 50 --stall 2%",
    ...lines,
  ].join("\n");
}
