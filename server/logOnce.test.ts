import { expect, test, vi } from "vitest";
import { log } from "#server/log.ts";
import { boundLogger, INTERVAL_MS, isLogDue, logError, SUBJECTS_MAX } from "#server/logOnce.ts";

const count = (kind: string, subjects: number, nowMs: number) =>
  Array.from({ length: subjects }, (_, at) => isLogDue(kind, `subject ${at}`, nowMs)).filter(Boolean).length;

test("[EDGE-LOG-4] a subject is logged once in an interval, and twenty subjects of a kind", () => {
  expect(isLogDue("one", "a", 0)).toBe(true);
  expect(isLogDue("one", "a", INTERVAL_MS - 1)).toBe(false);
  expect(count("one", 1000, 0)).toBe(SUBJECTS_MAX - 1);
  expect(count("other", 1000, 0)).toBe(SUBJECTS_MAX);
  expect(isLogDue("one", "a", INTERVAL_MS)).toBe(true);
  expect(count("one", 1000, INTERVAL_MS)).toBe(SUBJECTS_MAX - 1);
});

test("[EDGE-LOG-5] texts that differ only after 200 characters are one subject", () => {
  expect(isLogDue("long", `${"x".repeat(200)}a`, 0)).toBe(true);
  expect(isLogDue("long", `${"x".repeat(200)}b`, 0)).toBe(false);
});

test("[EDGE-LOG-6] an error that requests repeat, and Colyseus' lines about it, are logged once", () => {
  const logged = vi.spyOn(log, "error").mockImplementation(() => {});
  for (let request = 0; request < 100; request++) logError(new Error("boom"), "a request failed");
  expect(logged).toHaveBeenCalledTimes(1);
  logged.mockRestore();

  const line = vi.fn();
  const bounded = boundLogger({ debug: line, error: line, info: line, trace: line, warn: line });
  for (let request = 0; request < 100; request++) bounded.error("Error: boom\n at x", request % 2);
  expect(line).toHaveBeenCalledTimes(2);
});
