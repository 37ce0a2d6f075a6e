/** When the store is asked to forget names. */
import { expect, test, vi } from "vitest";
import { type Store, StoreAwayError } from "#server/store/store.ts";
import { scheduleForgetting } from "./forgetting.ts";

test("[FORGET-4] forgetting begins at the start, goes on until all is done, and survives a store that is away", async () => {
  const answers = [{ isDone: false }, new StoreAwayError("away"), { isDone: false }, { isDone: true }];
  const asked: string[] = [];
  const ask = (async (name: string) => {
    asked.push(name);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  }) as unknown as Store["ask"];
  const forgetting = scheduleForgetting({ ask });
  await vi.waitUntil(() => asked.length === 2);
  while (asked.length < 4) await forgetting.sweep();
  expect(asked).toEqual(Array(4).fill("forgetNames"));
  forgetting.close();
});
