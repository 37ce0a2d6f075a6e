/** Measures what a page allocates on its JavaScript heap, collected or not, by V8's sampling profiler. */
import type { Page } from "playwright-core";

const SAMPLE_EVERY_BYTES = 8192;

interface AllocationNode {
  readonly selfSize: number;
  readonly children: readonly AllocationNode[];
}

/** The bytes that the page allocates until `meanwhile` resolves, and the frames that it draws. */
export async function allocatedBytes(
  page: Page,
  meanwhile: () => Promise<unknown>,
): Promise<{ bytes: number; frames: number; sec: number }> {
  const devTools = await page.context().newCDPSession(page);
  await page.evaluate(countFrames);
  await devTools.send("HeapProfiler.startSampling", {
    samplingInterval: SAMPLE_EVERY_BYTES,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  const before = await page.evaluate(readFrames);
  await meanwhile();
  const after = await page.evaluate(readFrames);
  const { profile } = await devTools.send("HeapProfiler.stopSampling");
  await devTools.detach();
  return {
    bytes: sizeOf(profile.head),
    frames: after.frames - before.frames,
    sec: (after.atMs - before.atMs) / 1000,
  };
}

const sizeOf = ({ selfSize, children }: AllocationNode): number =>
  children.reduce((sum, child) => sum + sizeOf(child), selfSize);

type Counting = Window & { framesDrawn?: number };

/** Runs in the page. */
export function countFrames(): void {
  const counting: Counting = window;
  if (counting.framesDrawn !== undefined) return;
  counting.framesDrawn = 0;
  const count = () => {
    counting.framesDrawn = (counting.framesDrawn ?? 0) + 1;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
}

/** Runs in the page. */
export const readFrames = () => ({
  frames: (window as Counting).framesDrawn ?? 0,
  atMs: performance.now(),
});
