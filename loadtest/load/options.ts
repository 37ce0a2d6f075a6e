/** The options of `npm run loadtest`. A wrong one is told in a line that says what is allowed. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import {
  flag,
  HELP,
  helpText as helpOf,
  OptionError,
  option,
  parseOptions,
} from "#loadtest/lib/cli/options.ts";
import { byDefault, ifGiven, measure, oneOf, type Rule, wholeNumber } from "#loadtest/lib/cli/values.ts";
import { PROFILE_NAMES } from "#loadtest/network/profiles.ts";
import { SKILL_NAMES } from "#shared/brain/skill.ts";
import { SCENARIO_NAMES, SCENARIOS } from "./scenarios/all.ts";

const REPORTS = fileURLToPath(new URL("../reports/", import.meta.url));

const endpoint: Rule<string> = {
  parse: z.url({ protocol: /^(http|ws)s?$/ }).transform((url) => new URL(url.replace(/^ws/, "http")).origin),
  allowed: "a server's address, such as http://127.0.0.1:2567 or wss://fracas.example",
};
const seconds = measure("seconds", 24 * 3600);
const milliseconds = measure("milliseconds", 60_000);

export const LOAD_OPTIONS = {
  scenario: option("scenario", byDefault(oneOf(SCENARIO_NAMES), "arena"), "what the clients do", "arena"),
  clients: option("clients", byDefault(wholeNumber(1, 10_000), 50), "how many", "50"),
  durationSec: option("duration", byDefault(seconds, 30), "how long is measured, when all are there", "30"),
  rampSec: option("ramp", byDefault(seconds, 5), "how long they take to come", "5"),
  endpoint: option("endpoint", ifGiven(endpoint), "a server that runs; else one is started", "URL"),
  light: flag("light", "clients send real commands, but count what they are sent without decoding it"),
  threads: option("threads", ifGiven(wholeNumber(1, 256)), "threads that the clients share", "2"),
  roomSize: option("room-size", ifGiven(wholeNumber(1, 1000)), "players in a private room", "8"),
  network: option(
    "network",
    byDefault(oneOf(PROFILE_NAMES), "none"),
    "between them and the server",
    "mobile",
  ),
  skill: option("skill", byDefault(oneOf(SKILL_NAMES), "normal"), "of bots that decode", "normal"),
  seed: option("seed", byDefault(wholeNumber(0, 2 ** 32 - 1), 1), "same seed, same bots", "1"),
  output: option(
    "output",
    byDefault({ parse: z.string().min(1), allowed: "a folder" }, REPORTS),
    "where JSON and HTML go (loadtest/reports by default)",
    "FOLDER",
  ),
  maxTickP99Ms: option("max-tick-p99", ifGiven(milliseconds), "fails when ticks take longer", "25"),
  minTickRate: option("min-tick-rate", ifGiven(measure("ticks a second", 30)), "fails when it is less", "29"),
  maxErrors: option("max-errors", ifGiven(wholeNumber(0, 1_000_000)), "fails when there are more", "0"),
  maxJoinP95Ms: option("max-join-p95", ifGiven(milliseconds), "fails when joins take longer", "150"),
  tui: flag("tui", "on a screen of its own, by @colyseus/loadtest, until you press q"),
};

type Typed = Exclude<ReturnType<typeof parse>, typeof HELP>;
export type LoadOptions = Omit<Typed, "threads"> & { readonly threads: number };

const parse = (args: readonly string[]) => parseOptions(LOAD_OPTIONS, args);

/** One that decodes, predicts and thinks took 0.5 % of a core, a light one 0.15 %: threads are half full with these. */
const BOTS_PER_THREAD = { full: 100, light: 300 } as const;

/** Throws OptionError with one line. */
export function readLoadOptions(args: readonly string[]): LoadOptions | typeof HELP {
  const typed = parse(args);
  if (typed === HELP) return HELP;
  const { network, endpoint: at, light, clients } = typed;
  if (network !== "none" && at !== undefined && !/^http:\/\/(127\.|localhost|\[::1\])/.test(at)) {
    throw new OptionError(`--network ${network} needs a server on this machine, and --endpoint is ${at}.`);
  }
  const wanted = Math.ceil(clients / BOTS_PER_THREAD[light ? "light" : "full"]);
  // A core is left to the server, and to what else the machine does.
  const threads = typed.threads ?? Math.min(wanted, Math.max(1, availableParallelism() - 1));
  return { ...typed, threads };
}

export const helpText = (): string =>
  [
    helpOf(
      "How much does a server hold? npm run loadtest -- --scenario arena --clients 50 --duration 30",
      LOAD_OPTIONS,
    ),
    "Scenarios:",
    ...Object.entries(SCENARIOS).map(([name, { meaning }]) => `  ${name.padEnd(10)}${meaning}`),
    "A server elsewhere needs to know us: BOT_TOKEN and METRICS_TOKEN in the environment, as it has them.",
  ].join("\n");
