/** A run on the terminal: a line per second, and a summary at the end. */
import { percentile } from "#shared/figures/stats.ts";
import type { Run, RunResult } from "./context.ts";
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
  const gap = (share: number) => (percentile(honest.patchGapsMs, share) || 0).toFixed(0);
  const errors = [...server.errors].map(([text, times]) => `\n    ${times} × ${text}`).join("");
  return [
    `corpus         ${result.corpusEntries} entries`,
    `frames         ${count(tally.frames.total)} (${count(tally.framesPerSec)}/s): ${tally.frames}`,
    `               and ${count(tally.unreadFrames)} more after a frame that may have closed the connection`,
    `connections    ${count(tally.connections)}, ${count(tally.besideThePair)} of them in the honest pair's room, ${count(tally.returns)} by a kept seat, ${count(tally.together)} groups at once`,
    `closed with    ${tally.closeCodes}`,
    `refused        ${tally.refusals}`,
    `requests       ${count(tally.requests)}: ${tally.requestKinds}`,
    `answered       ${tally.answers}`,
    `honest pair    patches every ${gap(0.5)} ms, p99 ${gap(0.99)}, max ${gap(1)}; ${count(honest.corrections.count)} corrections, largest ${honest.corrections.largestPx.toFixed(1)} px`,
    `event loop     worst ${describeStall(watchdog.worst.worked)}; longest ${describeStall(watchdog.worst.waited)}`,
    ...(memory
      ? [
          `memory         ${megabytes(memory.before.heapBytes)} heap before, ${megabytes(memory.after.heapBytes)} after: ${memoryGrowth(memory.before, memory.after).text}`,
        ]
      : []),
    `errors logged  ${errors || "none"}`,
  ].join("\n");
}
