import type { write } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LogOutput } from "./logOutput.ts";

/** A descriptor that takes `room` bytes, then fails with `fails`. */
function descriptor() {
  const fd = { text: "", room: Number.POSITIVE_INFINITY, fails: "ENOSPC", calls: 0 };
  const writeTo = (_fd: number, bytes: Buffer, done: (error: Error | null, written: number) => void) => {
    fd.calls++;
    const written = Math.min(bytes.length, fd.room);
    fd.room -= written;
    fd.text += bytes.toString("utf8", 0, written);
    queueMicrotask(() => done(written > 0 ? null : Object.assign(new Error(), { code: fd.fails }), written));
  };
  return { fd, writeTo: writeTo as unknown as typeof write };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each(["ENOSPC", "EAGAIN", "EPIPE", "EIO"])(
  "[LOG-3] after %s nothing is lost or torn that the bound holds, and writing goes on by itself",
  async (fails) => {
    const { fd, writeTo } = descriptor();
    const output = new LogOutput(1, () => {}, writeTo);
    Object.assign(fd, { room: 7, fails });
    output.write("one line\n");
    output.write("another\n");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fd.text).toBe("one lin");
    fd.room = Number.POSITIVE_INFINITY;
    await vi.advanceTimersByTimeAsync(1_000);
    expect([fd.text, output.dropped]).toEqual(["one line\nanother\n", 0]);
  },
);

test("[LOG-4] keeps two million characters at most, drops whole lines beyond, and reports how many", async () => {
  const { fd, writeTo } = descriptor();
  const reports: number[] = [];
  const output = new LogOutput(1, (lines) => reports.push(lines), writeTo);
  fd.room = 0;
  const line = `${"x".repeat(999)}\n`;
  for (let written = 0; written < 5_000; written++) output.write(line);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reports).toEqual([]);
  fd.room = Number.POSITIVE_INFINITY;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(fd.text.length).toBeLessThanOrEqual(2_000_000);
  expect(fd.text.replaceAll(line, "")).toBe("");
  expect([output.dropped, reports]).toEqual([5_000 - fd.text.length / line.length, [output.dropped]]);
});

test("[LOG-5] tries at most once a second while writing fails", async () => {
  const { fd, writeTo } = descriptor();
  const output = new LogOutput(1, () => {}, writeTo);
  fd.room = 0;
  for (let lines = 0; lines < 100; lines++) output.write("a line\n");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fd.calls).toBeLessThan(75);
});

test("[LOG-6] a flush ends when all is written, within a second when nothing can be, and soon with a slow reader", async () => {
  const { fd, writeTo } = descriptor();
  const output = new LogOutput(1, () => {}, writeTo);
  output.write("a line\n");
  await output.flush();
  expect(fd.text).toBe("a line\n");
  fd.room = 0;
  output.write("a second\n");
  const flushed = vi.fn();
  void output.flush().then(flushed);
  await vi.advanceTimersByTimeAsync(100);
  expect(flushed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(900);
  expect(flushed).toHaveBeenCalled();
  await output.flush();

  setInterval(() => Object.assign(fd, { room: 1 }), 10);
  output.write("x".repeat(100_000));
  await vi.advanceTimersByTimeAsync(2_000);
  void output.flush().then(flushed);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(flushed).toHaveBeenCalledTimes(2);
  expect(fd.text.length).toBeLessThan(1_000);
});
