/** A short `npm run fuzz -- --editors` with a fixed seed, on a server of its own. */
import { expect, test } from "vitest";
import { attackEditors, attackSummary } from "./hostileEditors.ts";

const MESSAGES = 1_500;

test("[FUZZ-41] an editor's room survives 1,500 hostile messages, and its honest pair draws on and sees one drawing", async () => {
  const result = await attackEditors(MESSAGES, 1, () => {});
  console.log(attackSummary(result));
  expect(result.faults).toEqual([]);
  expect(result.sent).toBe(MESSAGES);
  expect(result.strokes).toBeGreaterThan(10);
  // Broken frames and malformed messages have ended connections.
  expect(result.closes.get("4300")).toBeGreaterThan(0);
}, 180_000);
