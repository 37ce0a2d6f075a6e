/** Draws a page's arena with less work, for a machine without a GPU. */

/**
 * Runs in the page: the arena is drawn at half its resolution and at most 10 times a second, because without a GPU
 * drawing is most of a page's work. What the page computes, sends and writes into the DOM is the same. `ratio`: pixels
 * of the canvas to one of the page; `frameMs`: the least time from one frame to the next.
 */
export function drawCoarsely({ ratio, frameMs } = { ratio: 0.5, frameMs: 100 }): void {
  Object.defineProperty(window, "devicePixelRatio", { get: () => ratio });
  const requestFrame = window.requestAnimationFrame.bind(window);
  let waiting = new Map<number, FrameRequestCallback>();
  let isScheduled = false;
  let lastId = 0;
  let lastMs = 0;
  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    // A request made at once would cost the browser a frame of its own at each refresh of the screen.
    setTimeout(() => requestFrame(frame), Math.max(0, frameMs - (performance.now() - lastMs)));
  };
  const frame = (nowMs: number) => {
    isScheduled = false;
    lastMs = nowMs;
    const due = waiting;
    waiting = new Map();
    for (const callback of due.values()) callback(nowMs);
  };
  window.requestAnimationFrame = (callback) => {
    schedule();
    waiting.set(++lastId, callback);
    return lastId;
  };
  window.cancelAnimationFrame = (id) => void waiting.delete(id);
}
