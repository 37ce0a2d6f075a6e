/** Notices when the WebGL context is lost for good: browsers take it away when a driver stops, and mostly restore it. */

const RESTORED_WITHIN_MS = 4_000;

/** Calls `onLost` once the canvas has been without a context for RESTORED_WITHIN_MS while the page was visible. */
export function watchContext(
  canvas: EventTarget,
  onLost: () => void,
  page: Pick<Document, "hidden" | "addEventListener"> = document,
): void {
  let isLost = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Browsers restore no context of a hidden page, so the whole time begins when the page is shown again. */
  const wait = () => {
    clearTimeout(timer);
    if (isLost && !page.hidden) timer = setTimeout(onLost, RESTORED_WITHIN_MS);
  };
  const note = (lost: boolean) => () => {
    isLost = lost;
    wait();
  };
  canvas.addEventListener("webglcontextlost", note(true));
  canvas.addEventListener("webglcontextrestored", note(false));
  page.addEventListener("visibilitychange", wait);
}
