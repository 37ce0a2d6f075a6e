/** A short bench on real servers: all of them play, and the report shows it. Speed is judged by `npm run bench`. */
import { beforeAll, expect, test } from "vitest";
import { readMachine } from "#loadtest/lib/machine.ts";
import { type Options, readOptions } from "./options.ts";
import { markdownOf } from "./report/markdown.ts";
import { pageOf } from "./report/page.ts";
import { type Report, reportOf } from "./report/report.ts";
import { withSection } from "./report/save.ts";
import type { Run } from "./results.ts";
import { runAll } from "./runAll.ts";
import { SERVER_NAMES, SERVER_TITLES, type ServerName } from "./servers/names.ts";

const ARGS = ["--players", "8", "--rounds", "1", "--seconds", "1", "--warm-up", "1"];
const runs: Run[] = [];
let report: Report;

beforeAll(async () => {
  const options = readOptions(ARGS) as Options;
  runs.push(...(await runAll(options, undefined, () => {})));
  report = reportOf(runs, options, {
    date: new Date(0).toISOString(),
    command: "npm run bench",
    machine: readMachine(),
  });
});

const figuresOf = (server: ServerName) => runs.find((run) => run.server === server)?.figures;

test.each(SERVER_NAMES)("[BENCH-16] eight clients play on a real server: %s", (server) => {
  const figures = figuresOf(server);
  expect(runs.find((run) => run.server === server)?.fault ?? "").not.toMatch(/closed|ended|answer|lost|took/);
  expect(figures?.cpuUs).toBeGreaterThan(0);
  expect(figures?.bytes).toBeGreaterThan(0);
  expect(figures?.patchesHeld).toBeGreaterThan(0);
  // A patch showed a command, so the server read, ran and acknowledged it.
  expect(figures?.latencyP50Ms).toBeGreaterThan(0);
});

test("[BENCH-17] with eight drones in view a binary patch is shorter than JSON, and the floor's is the shortest", () => {
  const patchBytes = (server: ServerName) => {
    const { bytes = 0, patchesHeld = 0 } = figuresOf(server) ?? {};
    return bytes / patchesHeld;
  };
  expect(patchBytes("floor")).toBeLessThan(patchBytes("fracas"));
  expect(patchBytes("fracas")).toBeLessThan(patchBytes("socketio"));
  expect(patchBytes("colyseus")).toBeLessThan(patchBytes("socketio"));
});

test("[BENCH-18] the tables name every server and the machine, and warn about a run that is too short", () => {
  const markdown = markdownOf(report);
  for (const server of SERVER_NAMES) expect(markdown).toContain(SERVER_TITLES[server]);
  expect(markdown).toContain(readMachine().processor);
  expect(markdown).toContain("too short for a measurement");
});

test("[BENCH-19] the page loads nothing", () => {
  expect(pageOf(report)).not.toMatch(/(src|href)=/);
});

test("[BENCH-20] a report replaces the one before in the document, and nothing else", () => {
  const first = withSection("# Performance\n\nWritten by hand.\n", "one");
  const second = withSection(first, "two");
  expect(second).toContain("Written by hand.");
  expect(second).toContain("two");
  expect(second).not.toContain("one");
  expect(withSection(second, "two")).toBe(second);
});
