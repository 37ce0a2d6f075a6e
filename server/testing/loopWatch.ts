/** How long the event loop is kept busy at a stretch: in time of the processor, so that other programs do not count. */

const EVERY_MS = 1;

/** Looks on until the returned function is called, which gives the longest stretch, ms. */
export function watchLoop(): () => number {
  let longestMs = 0;
  let lastMs = usedMs();
  // Whatever runs between two of its turns keeps everything else waiting.
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
