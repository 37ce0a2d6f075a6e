/** Real servers with room processes under the parts of the cluster bench, in small numbers: what must not depend on speed. */
import { expect, test } from "vitest";
import { readMachine } from "#loadtest/lib/machine.ts";
import { killProcesses } from "./kill.ts";
import { type ClusterOptions, readClusterOptions } from "./options.ts";
import { markdownOf, pageOf } from "./report.ts";
import { soak } from "./soak.ts";

const QUIET = () => {};
/** Several processes start and end, on a machine that may be busy. */
const BUSY_MS = 180_000;

test(
  "[FIGURES-4] after two kills of room processes every player plays again in the same seat, and no seat is lost",
  async () => {
    const company = { rooms: 4, size: 2 };
    const found = await killProcesses({ ...company, kills: 2, seed: 1, livesMs: 0, pauseMs: 1_000 }, QUIET);
    expect(found).toMatchObject({ neverBack: 0, seatsLost: 0, faults: [] });
    expect(found.changes).toEqual({ hosted: [], public: [] });
    expect(found.awayMs).toHaveLength(2);
    // The second process has everybody.
    expect(found.awayMs[1]).toHaveLength(8);
  },
  BUSY_MS,
);

test(
  "[FIGURES-5] sixty rooms leave nothing behind: no row, seat, socket, snapshot or file",
  async () => {
    const found = await soak({ rooms: 60, hosted: 0, seed: 1, processes: 2, lanes: 8, dropShare: 0 }, QUIET);
    expect(found.faults).toEqual([]);
    expect(found).toMatchObject({ made: 60, files: 0 });
    for (const [metric, left] of found.left) expect({ metric, left }).toEqual({ metric, left: 0 });
    expect(found.readings.at(-1)?.values.heap.size).toBe(3);
  },
  BUSY_MS,
);

test("[FIGURES-6] the report names machine and targets, and its page loads nothing", async () => {
  const options = readClusterOptions(["--cluster", "--part", "soak,kill"]) as ClusterOptions;
  expect(options.parts).toEqual(["kill", "soak"]);
  const measured = {
    verdicts: [{ what: "seats lost", wanted: "0", found: "0", ok: true }],
    details: [["connections lost", "8"]] as const,
    plots: [{ title: "back", xLabel: "kill", x: [1], lines: [{ label: "longest", values: [1] }] }],
    faults: ["<fault>"],
  };
  const report = {
    ...{ date: new Date(0).toISOString(), command: "npm run bench", machine: readMachine(), options },
    parts: [{ name: "kill" as const, tookMs: 1, busyCores: 1, ...measured }],
  };
  expect(markdownOf(report)).toContain(readMachine().processor);
  expect(markdownOf(report)).toContain("| seats lost | 0 | 0 | ✓ |");
  expect(pageOf(report)).not.toMatch(/(src|href)=/);
  expect(pageOf(report)).toContain("&lt;fault&gt;");
});
