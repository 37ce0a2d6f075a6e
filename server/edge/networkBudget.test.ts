/** What a network may spend at once and in the long run, and what the accounts take of memory. */
import { expect, test } from "vitest";
import { NetworkBudget, waitSecOf } from "./networkBudget.ts";

/** A budget, and a clock that stands still until it is set. */
function budgetAt0() {
  const clock = { sec: 0 };
  return { clock, budget: new NetworkBudget(() => clock.sec * 1000) };
}

/** How many charges of one token are served. */
function served(budget: NetworkBudget, network: string, charges: number): number {
  return Array.from({ length: charges }, () => budget.charge(network)).filter((left) => left >= 0).length;
}

test("[EDGE-BUDGET-1] a network has 2,000 tokens at once, then 50 a second, and never more than 2,000", () => {
  const { clock, budget } = budgetAt0();
  expect(served(budget, "a", 2_010)).toBe(2_000);
  clock.sec = 1;
  expect(served(budget, "a", 100)).toBe(40);
  clock.sec = 10_000;
  expect(served(budget, "a", 3_000)).toBe(2_000);
  expect(served(budget, "b", 3_000)).toBe(2_000);
});

test("[EDGE-BUDGET-2] refusals are charged: a network that does not stop stays refused, and 20 s after it stops it is served", () => {
  const { clock, budget } = budgetAt0();
  served(budget, "a", 10_000);
  for (clock.sec = 1; clock.sec <= 60; clock.sec++) expect(served(budget, "a", 100)).toBe(0);
  clock.sec = 60 + 19;
  const left = budget.charge("a");
  expect(left).toBeLessThan(0);
  clock.sec += waitSecOf(left) + 1;
  expect(budget.charge("a")).toBeGreaterThanOrEqual(0);
});

test("[EDGE-BUDGET-3] 100,000 networks take 20,000 accounts, and do not hide one that floods on", () => {
  const { budget } = budgetAt0();
  served(budget, "flooder", 3_000);
  for (let at = 0; at < 100_000; at++) {
    budget.charge(`network ${at}`);
    if (at % 1_000 === 0) expect(budget.charge("flooder")).toBeLessThan(0);
  }
  expect(budget.accountCount).toBeLessThanOrEqual(20_000);
});
