/** Notices when the WebGL context is lost for good: browsers take it away when a driver stops, and mostly restore it. */

const RESTORED_WITHIN_MS = 4_000;

/** Calls `onLost` once the canvas has been without a context for RESTORED_WITHIN_MS while the page was visible. */
export function watchContext(
  canvas: EventTarget,
  onLost: () => void,
  isHidden = (): boolean => document.hidden,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    // Browsers restore no context of a hidden page.
    timer = setTimeout(() => (isHidden() ? wait() : onLost()), RESTORED_WITHIN_MS);
  };
  canvas.addEventListener("webglcontextlost", wait);
  canvas.addEventListener("webglcontextrestored", () => clearTimeout(timer));
}
