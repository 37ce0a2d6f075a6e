/** Calls a function at a fixed rate without drift: a call after a late one comes sooner. */

/** After a longer standstill than this many calls, the rest of the missed calls is dropped. */
const CATCH_UP_MAX = 5;

export function atFixedRate(perSec: number, run: () => void): void {
  const periodMs = 1000 / perSec;
  let dueMs = performance.now() + periodMs;
  const runDue = () => {
    const nowMs = performance.now();
    for (let calls = 0; dueMs <= nowMs && calls < CATCH_UP_MAX; calls++) {
      run();
      dueMs += periodMs;
    }
    if (dueMs <= nowMs) dueMs = nowMs + periodMs;
    setTimeout(runDue, Math.max(0, Math.ceil(dueMs - performance.now())));
  };
  setTimeout(runDue, periodMs);
}
