/** The command line of the load test. */
import { describe, expect, test } from "vitest";
import { OptionError } from "#loadtest/lib/cli/options.ts";
import { helpText, readLoadOptions } from "./options.ts";
import { SCENARIO_NAMES } from "./scenarios/all.ts";

const read = (line: string) => readLoadOptions(line.split(" ").filter(Boolean));

describe("npm run loadtest", () => {
  test("[LOAD-OPT-1] without options fifty bots fight in one room of a server that is started for the run", () => {
    expect(read("")).toMatchObject({
      scenario: "arena",
      clients: 50,
      durationSec: 30,
      rampSec: 5,
      endpoint: undefined,
      light: false,
      network: "none",
      seed: 1,
      maxErrors: undefined,
      tui: false,
    });
  });

  test("[LOAD-OPT-2] every option reaches the run in its own unit, and a WebSocket URL becomes the server's origin", () => {
    expect(
      read(
        "--scenario rooms --clients 40 --duration 2.5 --ramp 1 --endpoint wss://fracas.example/ --light --threads 3 --room-size 4 --seed 9 --output out --max-tick-p99 25 --min-tick-rate 29.4 --max-errors 0 --max-join-p95 150 --max-work-p99 10 --max-gc-p99 3 --min-held 98% --patches-within 0.1 --max-rss 0.35",
      ),
    ).toMatchObject({
      scenario: "rooms",
      clients: 40,
      durationSec: 2.5,
      rampSec: 1,
      endpoint: "https://fracas.example",
      light: true,
      threads: 3,
      roomSize: 4,
      seed: 9,
      output: "out",
      maxTickP99Ms: 25,
      minTickRate: 29.4,
      maxErrors: 0,
      maxJoinP95Ms: 150,
      maxWorkP99Ms: 10,
      maxGcP99Ms: 3,
      minHeld: 0.98,
      patchesWithin: 0.1,
      maxRssMb: 0.35,
    });
  });

  test("[LOAD-OPT-3] clients share threads, and light clients need no more of them than full ones", () => {
    const threadsOf = (line: string) => (read(line) as { threads: number }).threads;
    expect(threadsOf("--clients 1")).toBe(1);
    expect(threadsOf("--clients 1000 --light")).toBeLessThanOrEqual(threadsOf("--clients 1000"));
  });

  test.each([
    ["--scenario sleep", `--scenario is "sleep"; expected one of ${SCENARIO_NAMES.join(", ")}.`],
    ["--clients 0", '--clients is "0"'],
    ["--endpoint fracas.example", '--endpoint is "fracas.example"'],
    ["--endpoint ftp://fracas.example", "expected a server's address"],
    ["--max-errors -1", '--max-errors is "-1"'],
    ["--min-tick-rate 60", "ticks a second from 0 to 30"],
    ["--network mobile --endpoint https://fracas.example", "needs a server on this machine"],
    ["--bots 3", "--bots is not an option; expected one of --scenario"],
  ])("[LOAD-OPT-4] %s fails with one line that names what is expected", (line, message) => {
    expect(() => read(line)).toThrow(OptionError);
    expect(() => read(line)).toThrow(message);
  });

  test("[LOAD-OPT-5] help lists every option and every scenario", () => {
    expect(read("--help")).toBe("help");
    for (const name of ["--threads", "--max-tick-p99", "--tui", ...SCENARIO_NAMES]) {
      expect(helpText()).toContain(name);
    }
  });
});
