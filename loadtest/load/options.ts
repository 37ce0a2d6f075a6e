/** The options of `npm run loadtest`. */
import { availableParallelism } from "node:os";
import { z } from "zod";
import {
  flag,
  HELP,
  helpText as helpOf,
  OptionError,
  option,
  parseOptions,
} from "#loadtest/lib/cli/options.ts";
import {
  byDefault,
  ifGiven,
  measure,
  oneOf,
  type Rule,
  share,
  wholeNumber,
} from "#loadtest/lib/cli/values.ts";
import { REPORTS_FOLDER } from "#loadtest/lib/reports.ts";
import { PROFILE_NAMES } from "#loadtest/network/profiles.ts";
import { SKILL_NAMES } from "#shared/brain/skill.ts";
import { SCENARIO_NAMES, SCENARIOS } from "./scenarios/all.ts";

const endpoint: Rule<string> = {
  parse: z.url({ protocol: /^(http|ws)s?$/ }).transform((url) => new URL(url.replace(/^ws/, "http")).origin),
  allowed: "a server's address, such as http://127.0.0.1:2567 or wss://fracas.example",
};
const seconds = measure("seconds", 24 * 3600);
const milliseconds = measure("milliseconds", 60_000);

const LOAD_OPTIONS = {
  scenario: option("scenario", byDefault(oneOf(SCENARIO_NAMES), "arena"), "what the clients do", "arena"),
  clients: option("clients", byDefault(wholeNumber(1, 10_000), 50), "number of clients", "50"),
  durationSec: option(
    "duration",
    byDefault(seconds, 30),
    "time to measure, once all clients have joined",
    "30",
  ),
  rampSec: option("ramp", byDefault(seconds, 5), "time in which the clients join", "5"),
  endpoint: option("endpoint", ifGiven(endpoint), "a running server (by default one is started)", "URL"),
  light: flag("light", "clients send real commands, but count patches without decoding them"),
  threads: option("threads", ifGiven(wholeNumber(1, 256)), "threads for the clients", "2"),
  roomSize: option("room-size", ifGiven(wholeNumber(1, 1000)), "players in a private room", "8"),
  network: option(
    "network",
    byDefault(oneOf(PROFILE_NAMES), "none"),
    "network between the clients and the server",
    "mobile",
  ),
  skill: option("skill", byDefault(oneOf(SKILL_NAMES), "normal"), "skill of bots that decode", "normal"),
  seed: option("seed", byDefault(wholeNumber(0, 2 ** 32 - 1), 1), "the same seed makes the same bots", "1"),
  output: option(
    "output",
    byDefault({ parse: z.string().min(1), allowed: "a folder" }, REPORTS_FOLDER),
    "folder of the JSON and HTML reports (loadtest/reports)",
    "FOLDER",
  ),
  maxTickP99Ms: option("max-tick-p99", ifGiven(milliseconds), "fails if a tick takes longer (p99)", "25"),
  maxWorkP99Ms: option(
    "max-work-p99",
    ifGiven(milliseconds),
    "fails if a tick with its patch takes longer (p99)",
    "25",
  ),
  maxGcP99Ms: option("max-gc-p99", ifGiven(milliseconds), "fails if a GC pause is longer (p99)", "3"),
  minTickRate: option(
    "min-tick-rate",
    ifGiven(measure("ticks a second", 30)),
    "fails if rooms run fewer",
    "29",
  ),
  minHeld: option("min-held", ifGiven(share), "fails if fewer ticks, or fewer patches, are held", "98%"),
  patchesWithin: option(
    "patches-within",
    ifGiven(measure("patches a second", 20)),
    "fails if a client gets more or fewer than 20 by more",
    "0.1",
  ),
  maxRssMb: option(
    "max-rss",
    ifGiven(measure("MB", 10_000)),
    "fails if the server has grown by more for each player",
    "0.35",
  ),
  maxErrors: option("max-errors", ifGiven(wholeNumber(0, 1_000_000)), "fails if there are more errors", "0"),
  maxJoinP95Ms: option("max-join-p95", ifGiven(milliseconds), "fails if a join takes longer (p95)", "150"),
  tui: flag("tui", "shows the screen of @colyseus/loadtest until you press q, without a report"),
};

type Parsed = Exclude<ReturnType<typeof parse>, typeof HELP>;
export type LoadOptions = Omit<Parsed, "threads"> & { readonly threads: number };

const parse = (args: readonly string[]) => parseOptions(LOAD_OPTIONS, args);

/** A full bot took 0.5 % of a core, a light one 0.15 %: a thread with this many bots is half busy. */
const BOTS_PER_THREAD = { full: 100, light: 300 } as const;

/** Throws OptionError. */
export function readLoadOptions(args: readonly string[]): LoadOptions | typeof HELP {
  const parsed = parse(args);
  if (parsed === HELP) return HELP;
  const { network, endpoint: at, light, clients } = parsed;
  if (network !== "none" && at !== undefined && !/^http:\/\/(127\.|localhost|\[::1\])/.test(at)) {
    throw new OptionError(`--network ${network} needs a server on this machine, and --endpoint is ${at}.`);
  }
  const wanted = Math.ceil(clients / BOTS_PER_THREAD[light ? "light" : "full"]);
  // One core is left to the server.
  const threads = parsed.threads ?? Math.min(wanted, Math.max(1, availableParallelism() - 1));
  return { ...parsed, threads };
}

export const helpText = (): string =>
  [
    helpOf(
      "Puts a server under the load of bots and reports how it holds: npm run loadtest -- --scenario arena --clients 50 --duration 30",
      LOAD_OPTIONS,
    ),
    "Scenarios:",
    ...Object.entries(SCENARIOS).map(([name, { meaning }]) => `  ${name.padEnd(10)}${meaning}`),
    "With --endpoint, set BOT_TOKEN and METRICS_TOKEN to the values of that server.",
  ].join("\n");
