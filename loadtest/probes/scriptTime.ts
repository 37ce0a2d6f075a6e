/** Measures the CPU time of a page's JavaScript per frame, from Chromium's trace. */
import type { Browser, Page } from "playwright-core";
import { wait } from "./lab.ts";

/** The fields of Chromium's trace events used here. Times are in µs; `tdur` is the thread's CPU time. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
}

/** The events that run script on a page's main thread, and its garbage collection. */
const SCRIPT: ReadonlySet<string> = new Set([
  "FireAnimationFrame",
  "FunctionCall",
  "EventDispatch",
  "TimerFire",
  "RunMicrotasks",
  "EvaluateScript",
  "MinorGC",
  "MajorGC",
]);

/**
 * All that a browser does on a page's main thread for a frame; but not its wait for the canvas, which a browser without a
 * GPU reads back.
 */
export const MAIN_THREAD: ReadonlySet<string> = new Set([
  ...SCRIPT,
  "ParseHTML",
  "UpdateLayoutTree",
  "Layout",
  "PrePaint",
  "Paint",
  "Layerize",
  "HitTest",
]);

/**
 * The ms of script in each frame during `durationMs`: drawing, and all that ran since the frame before, such as
 * decoding a patch; or of other `counted` events. It is CPU time of the page's main thread, so a software renderer in another process does not count.
 */
export async function scriptMsOfFrames(
  browser: Browser,
  page: Page,
  durationMs: number,
  counted = SCRIPT,
): Promise<number[]> {
  await browser.startTracing(page, { categories: ["devtools.timeline"] });
  await wait(durationMs);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const frame = traceEvents.find(({ name }) => name === "FireAnimationFrame");
  const events = traceEvents
    .filter(({ pid, tid }) => pid === frame?.pid && tid === frame?.tid)
    .sort((a, b) => a.ts - b.ts);
  const starts = events.filter(({ name, ph }) => name === "AnimationFrame" && ph === "b").map(({ ts }) => ts);
  const scripts = outermost(events.filter(({ name, ph }) => ph === "X" && counted.has(name)));
  return starts.slice(1).map((end, index) => {
    const start = starts[index] ?? end;
    const inFrame = scripts.filter(({ ts }) => ts >= start && ts < end);
    return inFrame.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
  });
}

/** Leaves out events that run inside another one. `events` are ordered by time. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = 0;
  return events.filter(({ ts, dur = 0 }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}
