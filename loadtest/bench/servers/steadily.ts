/** Calls at a rate that does not drift: what a timer is late by, the next one makes up for. */

/** After a longer standstill than so many calls the rest is let go. */
const CATCH_UP_MAX = 5;

export function steadily(perSec: number, run: () => void): void {
  const periodMs = 1000 / perSec;
  let dueMs = performance.now() + periodMs;
  const onTime = () => {
    const nowMs = performance.now();
    for (let calls = 0; dueMs <= nowMs && calls < CATCH_UP_MAX; calls++) {
      run();
      dueMs += periodMs;
    }
    if (dueMs <= nowMs) dueMs = nowMs + periodMs;
    setTimeout(onTime, Math.max(0, Math.ceil(dueMs - performance.now())));
  };
  setTimeout(onTime, periodMs);
}
