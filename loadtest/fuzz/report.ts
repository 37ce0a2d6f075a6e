/** What a run says: a line a second, and a summary. */
import type { Run, RunResult } from "./run.ts";
import { megabytes, memoryGrowth } from "./watch/memoryGrowth.ts";
import { describeStall } from "./watch/watchdog.ts";

const count = (number: number) => number.toLocaleString("en", { maximumFractionDigits: 0 });

export function progressLine({ tally, watchdog }: Run, frames: number): string {
  return [
    `${count(tally.frames.total)} of ${count(frames)} frames (${count(tally.framesPerSec)}/s)`,
    `${count(tally.connections)} connections`,
    `${count(tally.requests)} requests`,
    `server ${(watchdog.utilization * 100).toFixed(0)} % busy, ${megabytes(watchdog.rssBytes)}`,
  ].join(", ");
}

export function summary(result: RunResult): string {
  const { tally, watchdog, honest, server, memory } = result;
  const gaps = percentiles(honest.patchGapsMs);
  const errors = [...server.errors].map(([text, times]) => `\n    ${times} × ${text}`).join("");
  return [
    `corpus         ${result.corpusEntries} entries`,
    `frames         ${count(tally.frames.total)} (${count(tally.framesPerSec)}/s): ${tally.frames}`,
    `               and ${count(tally.unreadFrames)} more behind a frame that may have closed the connection`,
    `connections    ${count(tally.connections)}, ${count(tally.besideThePair)} of them in the honest pair's room, ${count(tally.returns)} by a kept seat`,
    `closed with    ${tally.closeCodes}`,
    `refused        ${tally.refusals}`,
    `requests       ${count(tally.requests)}: ${tally.requestKinds}`,
    `answered       ${tally.answers}`,
    `honest pair    patches every ${gaps.p50} ms, p99 ${gaps.p99}, max ${gaps.max}; ${count(honest.corrections.count)} corrections, largest ${honest.corrections.largestPx.toFixed(1)} px`,
    `event loop     worst ${describeStall(watchdog.worst.worked)}; longest ${describeStall(watchdog.worst.waited)}`,
    ...(memory
      ? [
          `memory         ${megabytes(memory.before.heapBytes)} heap before, ${megabytes(memory.after.heapBytes)} after: ${memoryGrowth(memory.before, memory.after).text}`,
        ]
      : []),
    `errors logged  ${errors || "none"}`,
  ].join("\n");
}

export function percentiles(values: readonly number[]): { p50: string; p99: string; max: string } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
