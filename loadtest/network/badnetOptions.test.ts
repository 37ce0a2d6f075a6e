/** The command line of the bad network. */
import { expect, it } from "vitest";
import { OptionError } from "#loadtest/lib/cli/options.ts";
import { helpText, parseBadnetOptions } from "./badnetOptions.ts";

const parse = (line: string) => parseBadnetOptions(line.split(" ").filter(Boolean));

it("[NET-30] without options the network is perfect and in front of the server's default port", () => {
  expect(parse("")).toEqual({
    rttMs: 0,
    jitterMs: 0,
    stallShare: 0,
    stallMs: 150,
    bytesPerSec: 0,
    port: 2568,
    target: { host: "127.0.0.1", port: 2567 },
    seed: 1,
  });
});

it("[NET-31] every option reaches the network in its own unit", () => {
  const line =
    "--rtt 250 --jitter 50 --stall 2.5% --stall-ms 90 --bandwidth 64k --port 0 --target [::1]:80 --seed=9";
  expect(parse(line)).toEqual({
    rttMs: 250,
    jitterMs: 50,
    stallShare: 0.025,
    stallMs: 90,
    bytesPerSec: 64_000,
    port: 0,
    target: { host: "::1", port: 80 },
    seed: 9,
  });
  expect(parse("--target localhost:3000")).toMatchObject({ target: { host: "localhost", port: 3000 } });
});

it.each([
  ["--rtt fast", '--rtt is "fast"; expected milliseconds from 0 to 60000.'],
  ["--rtt -5", '--rtt is "-5"'],
  ["--rtt", '--rtt is ""'],
  ["--jitter --stall 2%", '--jitter is "--stall"'],
  ["--stall 0.02", '--stall is "0.02"; expected a percentage'],
  ["--stall 101%", '--stall is "101%"'],
  ["--bandwidth 64kb", '--bandwidth is "64kb"'],
  ["--port 70000", '--port is "70000"'],
  ["--target example.com:80", '--target is "example.com:80"'],
  ["--target 0", '--target is "0"'],
  ["--seed x", '--seed is "x"'],
  ["--lag 3", "--lag is not an option; expected one of --rtt, --jitter"],
  ["fast", "fast is not an option"],
])("[NET-32] %s fails with one line that names the option and what is expected", (line, message) => {
  expect(() => parse(line)).toThrow(OptionError);
  expect(() => parse(line)).toThrow(message);
  try {
    parse(line);
  } catch (error) {
    expect(String(error)).not.toContain("\n");
  }
});

it("[NET-33] help names every option", () => {
  expect(parse("--rtt 3 --help")).toBe("help");
  for (const name of ["rtt", "jitter", "stall", "stall-ms", "bandwidth", "port", "target", "seed"]) {
    expect(helpText()).toContain(`--${name} `);
  }
});
