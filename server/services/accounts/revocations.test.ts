/** Signed-out identities in memory: when the store is asked for them, and how many are kept. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Store, StoreAwayError } from "#server/store/store.ts";
import { createRevocations, type Revocations } from "./revocations.ts";

const [SEC, DAY] = [1_000, 86_400_000];

interface Row {
  sub: string;
  revokedAt: number;
}

/** When the store was asked, and since when. */
let questions: { atMs: number; sinceMs: number }[];
/** Undefined: the store is away. */
let answer: Row[] | undefined;
let revocations: Revocations;

const ask = async (_name: string, { sinceMs }: { sinceMs: number }) => {
  questions.push({ atMs: Date.now(), sinceMs });
  if (!answer) throw new StoreAwayError("away");
  return answer.filter(({ revokedAt }) => revokedAt >= sinceMs).reverse();
};
const store = { ask, isAway: false, close: async () => {} } as unknown as Store;

beforeEach(() => {
  vi.useFakeTimers();
  questions = [];
});
afterEach(() => {
  revocations.close();
  vi.useRealTimers();
});

test("[REVOKED-1] a store that is away at the start is asked each second until it has answered once", async () => {
  answer = undefined;
  revocations = await createRevocations(store);
  const row = { sub: "ann", revokedAt: Date.now() - 80 * DAY };
  await vi.advanceTimersByTimeAsync(5 * SEC);
  expect(questions).toHaveLength(6);
  expect(revocations.has("ann")).toBe(false);
  answer = [row];
  await vi.advanceTimersByTimeAsync(SEC);
  expect(revocations.has("ann")).toBe(true);
  await vi.advanceTimersByTimeAsync(59 * SEC);
  expect(questions).toHaveLength(7);
});

test("[REVOKED-2] each question overlaps the one before by ten minutes, for what another process commits late", async () => {
  answer = [];
  revocations = await createRevocations(store);
  await vi.advanceTimersByTimeAsync(60 * SEC);
  const [first, second] = questions;
  expect(questions).toHaveLength(2);
  expect((first?.atMs ?? 0) - (second?.sinceMs ?? 0)).toBe(600 * SEC);
  answer = [{ sub: "late", revokedAt: Date.now() - 500 * SEC }];
  await vi.advanceTimersByTimeAsync(60 * SEC);
  expect(revocations.has("late")).toBe(true);
});

test("[REVOKED-3] those of the last day are all kept, and of older ones the newest of 50,000", async () => {
  const now = Date.now();
  const rows = (count: number, ageMs: number, name: string) =>
    Array.from({ length: count }, (_, at) => ({ sub: `${name}-${at}`, revokedAt: now - ageMs + at }));
  answer = [...rows(30_000, 60 * DAY, "old"), ...rows(40_000, DAY / 2, "new")];
  revocations = await createRevocations(store);
  expect(revocations.count).toBe(50_000);
  for (const sub of ["old-20000", "old-29999", "new-0", "new-39999"]) expect(revocations.has(sub)).toBe(true);
  expect(revocations.has("old-19999")).toBe(false);
  answer = rows(60_000, 0, "newest");
  await vi.advanceTimersByTimeAsync(60 * SEC);
  expect(revocations.count).toBe(100_000);
});
