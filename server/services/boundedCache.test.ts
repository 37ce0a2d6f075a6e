/** The cache in front of the store. */
import { expect, test } from "vitest";
import { BoundedCache } from "./boundedCache.ts";

/** A cache whose clock the test sets; `made` lists the keys that were asked for. */
function watched(keptMs: number, max: number) {
  const clock = { ms: 0 };
  const made: string[] = [];
  const cache = new BoundedCache<string>(keptMs, max, () => clock.ms);
  const get = (key: string) =>
    cache.get(key, async () => {
      made.push(key);
      return `${key} at ${clock.ms}`;
    });
  return { clock, made, cache, get };
}

test("[CACHE-1] questions at once and within the time are answered once, later ones anew", async () => {
  const { clock, made, get } = watched(100, 10);
  expect(await Promise.all([get("a"), get("a"), get("b")])).toEqual(["a at 0", "a at 0", "b at 0"]);
  clock.ms = 99;
  expect(await get("a")).toBe("a at 0");
  clock.ms = 100;
  expect(await get("a")).toBe("a at 100");
  expect(made).toEqual(["a", "b", "a"]);
});

test("[CACHE-2] keeps the answers that were used last", async () => {
  const { made, get } = watched(100, 2);
  for (const key of ["a", "b", "a", "c", "a", "b"]) await get(key);
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("[CACHE-3] a failure reaches all who wait, and is not kept", async () => {
  const { cache, get } = watched(100, 2);
  const fail = () => cache.get("a", () => Promise.reject(new Error("away")));
  const failed = await Promise.allSettled([fail(), get("a")]);
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await get("a")).toBe("a at 0");
});

test("[CACHE-4] a failure that comes late does not remove a newer answer", async () => {
  const { clock, cache, made, get } = watched(100, 2);
  let fail = (_error: Error) => {};
  const late = cache.get("a", () => new Promise((_, reject) => (fail = reject)));
  clock.ms = 100;
  expect(await get("a")).toBe("a at 100");
  fail(new Error("late"));
  await expect(late).rejects.toThrow("late");
  expect(await get("a")).toBe("a at 100");
  expect(made).toEqual(["a"]);
});
