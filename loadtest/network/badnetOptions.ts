/** The options of `npm run badnet`. */
import { z } from "zod";
import { type HELP, helpText as helpOf, option, parseOptions } from "#loadtest/lib/cli/options.ts";
import { byDefault, measure, type Rule, share, wholeNumber } from "#loadtest/lib/cli/values.ts";
import { DEFAULT_PORT } from "#shared/config.ts";
import { type BadNetworkOptions, isLoopback } from "./badNetwork.ts";
import { PERFECT } from "./conditions.ts";

const milliseconds = measure("milliseconds", 60_000);

const BYTES: Record<string, number> = { k: 1000, m: 1_000_000 };
const bandwidth: Rule<number> = {
  parse: z
    .string()
    .regex(/^\d{1,9}(\.\d+)?[kKmM]?$/)
    .transform((text) => Number.parseFloat(text) * (BYTES[text.slice(-1).toLowerCase()] ?? 1)),
  allowed: "bytes a second, such as 64k or 1.5M, or 0 for no limit",
};

const target: Rule<BadNetworkOptions["target"]> = {
  parse: z
    .string()
    .regex(/^((\[[\da-f:]+\]|[\w.-]+):)?\d{1,5}$/i)
    .transform((text) => {
      const colon = text.lastIndexOf(":");
      const host = colon < 0 ? "127.0.0.1" : text.slice(0, colon).replace(/^\[|\]$/g, "");
      return { host, port: Number(text.slice(colon + 1)) };
    })
    .refine(({ host, port }) => isLoopback(host) && port >= 1 && port <= 65535),
  allowed: "a port from 1 to 65535, or host:port with a host on this machine (127.x.x.x, localhost or [::1])",
};

const OPTIONS = {
  rttMs: option("rtt", byDefault(milliseconds, PERFECT.rttMs), "round-trip time, half of it each way", "250"),
  jitterMs: option(
    "jitter",
    byDefault(milliseconds, PERFECT.jitterMs),
    "round trips vary by ± this much",
    "50",
  ),
  stallShare: option(
    "stall",
    byDefault(share, PERFECT.stallShare),
    "share of chunks that are delayed, with all behind them, as by packet loss",
    "2%",
  ),
  stallMs: option("stall-ms", byDefault(milliseconds, PERFECT.stallMs), "duration of a stall", "150"),
  bytesPerSec: option(
    "bandwidth",
    byDefault(bandwidth, PERFECT.bytesPerSec),
    "bytes per second each way, for each connection",
    "64k",
  ),
  port: option(
    "port",
    byDefault(
      { ...wholeNumber(0, 65535), allowed: "a whole number from 0 (any free port) to 65535" },
      DEFAULT_PORT + 1,
    ),
    "port to listen on",
    "2568",
  ),
  target: option(
    "target",
    byDefault(target, { host: "127.0.0.1", port: DEFAULT_PORT }),
    "address of the server",
    "2567",
  ),
  seed: option("seed", byDefault(wholeNumber(0, 2 ** 32 - 1), 1), "the same seed gives the same delays", "1"),
};

/** Throws OptionError. */
export const parseBadnetOptions = (args: readonly string[]): Required<BadNetworkOptions> | typeof HELP =>
  parseOptions(OPTIONS, args);

export const helpText = (): string =>
  helpOf(
    "Puts a bad network in front of a server on this machine: npm run badnet -- --rtt 250 --jitter 50 --stall 2%",
    OPTIONS,
  );
