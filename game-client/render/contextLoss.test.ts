import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { watchContext } from "./contextLoss.ts";

let page: EventTarget & { hidden: boolean };
let canvas: EventTarget;
const onLost = vi.fn();
const show = (isShown: boolean) => {
  page.hidden = !isShown;
  page.dispatchEvent(new Event("visibilitychange"));
};
const happens = (type: string) => canvas.dispatchEvent(new Event(type));

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { hidden: false });
  canvas = new EventTarget();
  onLost.mockClear();
  watchContext(canvas, onLost, page);
  onTestFinished(() => void vi.useRealTimers());
});

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

test("[CONTEXT-3] a page that was hidden gets the whole time when it is shown again", () => {
  happens("webglcontextlost");
  vi.advanceTimersByTime(3_000);
  show(false);
  vi.advanceTimersByTime(60_000);
  show(true);
  vi.advanceTimersByTime(3_900);
  expect(onLost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(onLost).toHaveBeenCalledTimes(1);
});
