/** Public reads while the store is slow. */
import { expect, test } from "vitest";
import { type Store, StoreAwayError } from "#server/store/store.ts";
import { createPublicReads } from "./publicReads.ts";

test("[READS-13] of reads of different pages 300 wait for the store, and further ones are refused until one is answered", async () => {
  const waiting: (() => void)[] = [];
  const ask = (() => new Promise((resolve) => waiting.push(() => resolve(null)))) as unknown as Store["ask"];
  const reads = createPublicReads({ ask }, async () => false);
  const asked = Array.from({ length: 300 }, (_, number) => reads.player(`Player ${number}`));
  await expect(reads.player("One more")).rejects.toBeInstanceOf(StoreAwayError);
  expect(waiting).toHaveLength(300);
  waiting[0]?.();
  await asked[0];
  const next = reads.player("One more");
  expect(waiting).toHaveLength(301);
  for (const answer of waiting) answer();
  expect(await next).toBeNull();
});
