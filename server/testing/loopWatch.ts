/** Measures the longest task of the event loop, in CPU time, so that other processes do not count. */

const EVERY_MS = 1;

/** Measures until the returned function is called, which returns the longest task in ms. */
export function watchLoop(): () => number {
  let longestMs = 0;
  let lastMs = usedMs();
  // CPU time between two turns of this timer delayed every other event.
  const timer = setInterval(() => {
    const nowMs = usedMs();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    return longestMs;
  };
}

function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
