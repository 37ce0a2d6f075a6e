/** A short bench on real servers: all of them play, and the report shows it. Speed is judged by `npm run bench`. */
import { beforeAll, expect, test } from "vitest";
import { readMachine } from "#loadtest/lib/machine.ts";
import { type Options, readOptions } from "./options.ts";
import { markdownOf } from "./report/markdown.ts";
import { pageOf } from "./report/page.ts";
import { type Report, reportOf } from "./report/report.ts";
import { sectionOf, withSection } from "./report/save.ts";
import type { Run } from "./results.ts";
import { runAll } from "./runAll.ts";
import { SERVER_NAMES, SERVER_TITLES, SERVERS_BY_DEFAULT, type ServerName } from "./servers/names.ts";

const ARGS = "--players 8 --rounds 1 --seconds 1 --warm-up 1";
const EVERYWHERE = SERVER_NAMES.join(",");

interface Played {
  readonly runs: readonly Run[];
  readonly report: Report;
}
let field: Played;
let fight: Played;

beforeAll(async () => {
  field = await play(ARGS);
  fight = await play(`${ARGS} --rooms-of 4 --servers ${EVERYWHERE}`);
});

async function play(line: string): Promise<Played> {
  const options = readOptions(line.split(" ")) as Options;
  const runs = await runAll(options, undefined, () => {});
  const date = new Date(0).toISOString();
  return {
    runs,
    report: reportOf(runs, options, { date, command: "npm run bench", machine: readMachine() }),
  };
}

const figuresOf = ({ runs }: Played, server: ServerName) =>
  runs.find((run) => run.server === server)?.figures;

/** A slow machine, or players who happen not to meet within a second, is no failure of a server. */
const MISHAPS = /closed|ended|answer|lost|took/;

function expectPlayed(played: Played, server: ServerName) {
  const figures = figuresOf(played, server);
  expect(played.runs.find((run) => run.server === server)?.fault ?? "").not.toMatch(MISHAPS);
  expect(figures?.cpuUs).toBeGreaterThan(0);
  expect(figures?.bytes).toBeGreaterThan(0);
  expect(figures?.patchesHeld).toBeGreaterThan(0);
  // A patch showed a command, so the server read, ran and acknowledged it.
  expect(figures?.latencyP50Ms).toBeGreaterThan(0);
}

test.each(SERVERS_BY_DEFAULT)("[BENCH-16] eight clients play on a real server: %s", (server) => {
  expectPlayed(field, server);
});

test.each(SERVER_NAMES)("[BENCH-24] eight clients fight in two rooms of a real server: %s", (server) => {
  expectPlayed(fight, server);
  expect(figuresOf(fight, server)?.shots).toBeGreaterThan(0);
});

test("[BENCH-25] behind a proxy the CPU of the proxy is a figure of its own", () => {
  expect(figuresOf(fight, "fracas-proxied")?.proxyCpuUs).toBeGreaterThan(0);
  expect(figuresOf(fight, "fracas")?.proxyCpuUs).toBe(0);
});

test("[BENCH-17] with eight drones in view a binary patch is shorter than JSON, and the floor's is the shortest", () => {
  const patchBytes = (server: ServerName) => {
    const { bytes = 0, patchesHeld = 0 } = figuresOf(field, server) ?? {};
    return bytes / patchesHeld;
  };
  expect(patchBytes("floor")).toBeLessThan(patchBytes("fracas"));
  expect(patchBytes("fracas")).toBeLessThan(patchBytes("socketio"));
  expect(patchBytes("colyseus")).toBeLessThan(patchBytes("socketio"));
});

test("[BENCH-18] the tables name every server and the machine, and warn about a run that is too short", () => {
  const [moves, fights] = [markdownOf(field.report), markdownOf(fight.report)];
  for (const server of SERVERS_BY_DEFAULT) expect(moves).toContain(SERVER_TITLES[server]);
  for (const server of SERVER_NAMES) expect(fights).toContain(SERVER_TITLES[server]);
  for (const markdown of [moves, fights]) {
    expect(markdown).toContain(readMachine().processor);
    expect(markdown).toContain("too short for a measurement");
  }
});

test("[BENCH-26] what happens in fights, and what a proxy costs, has rows only where there is any", () => {
  const rows = ["shots, all players", "hits, all players", "kills, all players", "pickups, all players"];
  for (const row of [...rows, "CPU a player, proxy"]) {
    expect(markdownOf(fight.report)).toContain(row);
    expect(markdownOf(field.report)).not.toContain(row);
  }
});

test("[BENCH-19] the page loads nothing", () => {
  expect(pageOf(fight.report)).not.toMatch(/(src|href)=/);
});

test("[BENCH-20] a report replaces the one of the same scenario in the document, and nothing else", () => {
  const [field, fights] = [sectionOf({ roomsOf: undefined }), sectionOf({ roomsOf: 8 })];
  const first = withSection("# Performance\n\nWritten by hand.\n", field, "one");
  const both = withSection(first, fights, "rooms");
  const second = withSection(both, field, "two");
  for (const kept of ["Written by hand.", "rooms", "two"]) expect(second).toContain(kept);
  expect(second).not.toContain("one");
  expect(withSection(second, field, "two")).toBe(second);
  expect(withSection(second, fights, "rooms")).toBe(second);
});
