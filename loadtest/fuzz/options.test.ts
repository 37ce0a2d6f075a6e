/** The command line of the fuzzer. */
import { expect, it } from "vitest";
import { OptionError } from "#loadtest/lib/cli/options.ts";
import { helpText, parseFuzzCommand } from "./options.ts";

const parse = (line: string) => parseFuzzCommand(line.split(" ").filter(Boolean));

it("[FUZZ-10] numbers have defaults; --corpus-only, --costs and --narrow select what runs", () => {
  expect(parse("")).toEqual({
    kind: "run",
    options: { frames: 20_000, seed: 1, seeds: 1, corpusOnly: false },
  });
  expect(parse("--frames 1000000 --seed=7 --seeds 20 --corpus-only")).toEqual({
    kind: "run",
    options: { frames: 1_000_000, seed: 7, seeds: 20, corpusOnly: true },
  });
  expect(parse("--costs")).toEqual({ kind: "costs", rounds: 3 });
  expect(parse("--costs --rounds 9")).toEqual({ kind: "costs", rounds: 9 });
  expect(parse("--replays 100000 --seed 3")).toEqual({ kind: "replays", files: 100_000, seed: 3 });
  expect(parse("--editors 100000 --seed 3")).toEqual({ kind: "editors", messages: 100_000, seed: 3 });
  expect(parse("--narrow found.json")).toEqual({ kind: "narrow", file: "found.json" });
});

it.each([
  ["--frames many", '--frames is "many"; expected a whole number from 1 to 1000000000.'],
  ["--frames 0", '--frames is "0"'],
  ["--seed -1", "--seed"],
  ["--seeds 1.5", '--seeds is "1.5"'],
  ["--rounds 0", '--rounds is "0"; expected a whole number from 1 to 100.'],
  [
    "--speed 3",
    "expected one of --frames, --seed, --seeds, --corpus-only, --costs, --rounds, --replays, --editors, --narrow, --help.",
  ],
  ["fast", "expected one of --frames"],
])("[FUZZ-11] %s fails with one line that names what is expected", (line, message) => {
  expect(() => parse(line)).toThrow(OptionError);
  expect(() => parse(line)).toThrow(message);
  try {
    parse(line);
  } catch (error) {
    expect(String(error)).not.toContain("\n");
  }
});

it("[FUZZ-12] help names every option", () => {
  expect(parse("--help")).toEqual({ kind: "help" });
  for (const name of [
    "--frames",
    "--seed",
    "--seeds",
    "--corpus-only",
    "--costs",
    "--rounds",
    "--replays",
    "--editors",
    "--narrow",
  ])
    expect(helpText()).toContain(name);
});
