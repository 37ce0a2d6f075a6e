import { expect, test } from "vitest";
import { Terminal } from "./terminal.ts";

test("[GENERATION-1] SIGHUP is a hang-up while its terminal vanishes, and a wish for a deploy with one, without one, or long after", () => {
  let [isThere, nowMs] = [true, 0];
  const terminal = new Terminal(
    () => isThere,
    () => nowMs,
  );
  expect(terminal.hangsUp()).toBe(false);
  isThere = false;
  expect(terminal.hangsUp()).toBe(true);
  nowMs = 6_000;
  // The server was not told: it runs on without a terminal.
  terminal.look();
  expect(terminal.hangsUp()).toBe(false);
  expect(new Terminal(() => false).hangsUp()).toBe(false);
});
