import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchContext } from "./contextLoss.ts";

let canvas: EventTarget;
let isHidden: boolean;
const onLost = vi.fn();
const happens = (type: string) => canvas.dispatchEvent(new Event(type));

beforeEach(() => {
  vi.useFakeTimers();
  canvas = new EventTarget();
  isHidden = false;
  onLost.mockClear();
  watchContext(canvas, onLost, () => isHidden);
});
afterEach(() => void vi.useRealTimers());

test("[CONTEXT-1] a context that is not restored in time is lost, which is reported once", () => {
  happens("webglcontextlost");
  vi.advanceTimersByTime(3_900);
  expect(onLost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(onLost).toHaveBeenCalledTimes(1);
});

test("[CONTEXT-2] a context that is restored in time is not lost", () => {
  happens("webglcontextlost");
  vi.advanceTimersByTime(3_000);
  happens("webglcontextrestored");
  vi.advanceTimersByTime(60_000);
  expect(onLost).not.toHaveBeenCalled();
});

test("[CONTEXT-3] the time does not run out while the page is hidden", () => {
  isHidden = true;
  happens("webglcontextlost");
  vi.advanceTimersByTime(60_000);
  expect(onLost).not.toHaveBeenCalled();
  isHidden = false;
  vi.advanceTimersByTime(8_000);
  expect(onLost).toHaveBeenCalledTimes(1);
});
