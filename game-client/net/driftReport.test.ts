import { expect, test } from "vitest";
import { DRIFT_EVERY_MS } from "#shared/protocol/messages.ts";
import { type Correction, createDriftReport } from "./driftReport.ts";

const UNEXPLAINED: Correction = { px: 60, nearestPx: 900, pendingCommands: 3, jitterMs: 5 };

/** A page whose frames have been steady for ten seconds. */
function steadyPage() {
  const sent: number[] = [];
  const report = createDriftReport((px) => sent.push(px));
  let nowMs = 0;
  const pass = (ms: number) => {
    for (const end = nowMs + ms; nowMs < end; nowMs += 16) report.frame(nowMs);
  };
  pass(10_000);
  return { sent, report, pass };
}

test.each<[what: string, Partial<Correction>]>([
  ["is small", { px: 39 }],
  ["is a respawn", { px: 400 }],
  ["comes beside another drone", { nearestPx: 100 }],
  ["comes while commands wait for their answer", { pendingCommands: 40 }],
  ["comes over a connection with jitter", { jitterMs: 80 }],
])("[FLIGHT-1] a correction that %s is not told", (_what, explained) => {
  const { sent, report } = steadyPage();
  report.corrected({ ...UNEXPLAINED, ...explained });
  expect(sent).toEqual([]);
  report.corrected(UNEXPLAINED);
  expect(sent).toEqual([60]);
});

test("[FLIGHT-2] nothing is told before three seconds of steady frames, and once a minute at most", () => {
  const { sent, report } = steadyPage();
  report.frame(10_500);
  report.corrected(UNEXPLAINED);
  expect(sent).toEqual([]);
  const other = steadyPage();
  other.report.corrected(UNEXPLAINED);
  other.pass(DRIFT_EVERY_MS - 100);
  other.report.corrected({ ...UNEXPLAINED, px: 70 });
  expect(other.sent).toEqual([60]);
  other.pass(200);
  other.report.corrected({ ...UNEXPLAINED, px: 80 });
  expect(other.sent).toEqual([60, 80]);
});
