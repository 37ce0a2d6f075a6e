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

test("[EDGE-BUDGET-1] a network has 5,000 tokens at once, then 100 a second, and never more than 5,000", () => {
  const { clock, budget } = budgetAt0();
  expect(served(budget, "a", 5_010)).toBe(5_000);
  clock.sec = 1;
  expect(served(budget, "a", 200)).toBe(90);
  clock.sec = 10_000;
  expect(served(budget, "a", 6_000)).toBe(5_000);
  expect(served(budget, "b", 6_000)).toBe(5_000);
});

test("[EDGE-BUDGET-2] a network that goes on connecting stays refused, and 2 s after it stops it is served", () => {
  const { clock, budget } = budgetAt0();
  served(budget, "a", 10_000);
  for (clock.sec = 1; clock.sec <= 60; clock.sec++) expect(served(budget, "a", 300)).toBe(0);
  clock.sec = 60 + 1.9;
  const left = budget.charge("a");
  expect(left).toBeLessThan(0);
  clock.sec += waitSecOf(left) + 1;
  expect(budget.charge("a")).toBeGreaterThanOrEqual(0);
});

test("[EDGE-BUDGET-3] 100,000 networks take 20,000 accounts, and do not hide one that floods on", () => {
  const { budget } = budgetAt0();
  served(budget, "flooder", 6_000);
  for (let at = 0; at < 100_000; at++) {
    budget.charge(`network ${at}`);
    if (at % 1_000 === 0) expect(budget.charge("flooder")).toBeLessThan(0);
  }
  expect(budget.accountCount).toBeLessThanOrEqual(20_000);
});
