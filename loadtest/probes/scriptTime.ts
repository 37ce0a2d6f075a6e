/** How long a page's JavaScript takes a frame, from Chromium's own trace. */
import type { Browser, Page } from "playwright-core";
import { wait } from "./lab.ts";

/** The parts of Chromium's trace events that count here; times in µs, `tdur` of the thread's processor time. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
}

/** What runs script on a page's main thread, and what cleans up after it. */
const SCRIPT = new Set([
  ...["FireAnimationFrame", "FunctionCall", "EventDispatch", "TimerFire", "RunMicrotasks", "EvaluateScript"],
  ...["MinorGC", "MajorGC"],
]);

/**
 * Ms of script in each frame for this long: drawing, and whatever ran since the frame before, such as a patch that
 * came in. Processor time of the page's main thread: a software renderer in another process takes no part of it.
 */
export async function scriptMsOfFrames(browser: Browser, page: Page, durationMs: number): Promise<number[]> {
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
  const scripts = outermost(events.filter(({ name, ph }) => ph === "X" && SCRIPT.has(name)));
  return starts.slice(1).map((end, index) => {
    const start = starts[index] ?? end;
    const inFrame = scripts.filter(({ ts }) => ts >= start && ts < end);
    return inFrame.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
  });
}

/** Without those that run inside another; `events` by time. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = 0;
  return events.filter(({ ts, dur = 0 }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}
