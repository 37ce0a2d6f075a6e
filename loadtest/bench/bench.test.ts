import { beforeAll, expect, test } from "vitest";
import { describeMachine } from "#loadtest/lib/machine.ts";
import { readOptions } from "./options.ts";
import { markdownOf } from "./report/markdown.ts";
import { pageOf } from "./report/page.ts";
import { type Report, reportOf } from "./report/report.ts";
import { withSection } from "./report/save.ts";
import type { Run } from "./results.ts";
import { runAll } from "./runAll.ts";
import { SERVER_NAMES, SERVER_TITLES, type ServerName } from "./servers/names.ts";

const ARGS = ["--players", "8", "--rounds", "1", "--seconds", "2", "--warm-up", "1"];
const runs: Run[] = [];
let report: Report;

beforeAll(async () => {
  const options = readOptions(ARGS);
  runs.push(...(await runAll(options, undefined, () => {})));
  report = reportOf(runs, options, {
    ...{ date: new Date(0).toISOString(), command: "npm run bench", machine: describeMachine() },
  });
});

const figuresOf = (server: ServerName) => runs.find((run) => run.server === server)?.figures;

test.each(SERVER_NAMES)("[BENCH-16] eight players play on a real server: %s", (server) => {
  // Not whether all patches were held: this machine may be busy with other tests.
  const figures = figuresOf(server);
  expect(runs.find((run) => run.server === server)?.fault ?? "").not.toMatch(/closed|ended|answer|lost/);
  expect(figures?.cpuUs).toBeGreaterThan(0);
  expect(figures?.bytes).toBeGreaterThan(0);
  expect(figures?.patchesHeld).toBeGreaterThan(0.3);
  // A patch shows commands, so they were read, obeyed and acknowledged.
  expect(figures?.latencyP50Ms).toBeGreaterThan(0);
  expect(figures?.latencyP50Ms).toBeLessThan(2000);
});

test("[BENCH-17] eight in one view: binary is shorter than JSON, and nothing is shorter than the floor", () => {
  const a = (server: ServerName) => {
    const { bytes = 0, patchesHeld = 0 } = figuresOf(server) ?? {};
    return bytes / patchesHeld;
  };
  expect(a("floor")).toBeLessThan(a("fracas"));
  expect(a("fracas")).toBeLessThan(a("socketio"));
  expect(a("colyseus")).toBeLessThan(a("socketio"));
});

test("[BENCH-18] the tables name every server, the machine, and what spoils the figures", () => {
  const markdown = markdownOf(report);
  for (const server of SERVER_NAMES) expect(markdown).toContain(SERVER_TITLES[server]);
  expect(markdown).toContain(describeMachine().processor);
  expect(markdown).toContain("a try, no measurement");
});

test("[BENCH-19] the page needs nothing but itself", () => {
  expect(pageOf(report)).not.toMatch(/(src|href)=/);
});

test("[BENCH-20] a report takes the last one's place in the document, and nothing else's", () => {
  const first = withSection("# Performance\n\nWritten by hand.\n", "one");
  const second = withSection(first, "two");
  expect(second).toContain("Written by hand.");
  expect(second).toContain("two");
  expect(second).not.toContain("one");
  expect(withSection(second, "two")).toBe(second);
});
