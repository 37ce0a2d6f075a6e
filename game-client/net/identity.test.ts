/** The visitor's identity, and its renewal when the server no longer accepts it. */
import { afterEach, expect, test, vi } from "vitest";
import { pageMemory } from "#client/storage.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { ownIdentity, recallIdentity, withIdentity } from "./identity.ts";

const KEY = "fracas.identity";
const refusal = (code: number) => Object.assign(new Error("refused by a test"), { code });

afterEach(() => pageMemory.forget(KEY));

/** Makes a request of a server that accepts only `accepted`, and returns the tokens that it was shown. */
async function shownTo(accepted: string | undefined, find: () => string | undefined): Promise<unknown[]> {
  const shown: unknown[] = [];
  await withIdentity(find, async (token) => {
    shown.push(token);
    if (token !== undefined && token !== accepted) throw refusal(REFUSAL.badToken);
  });
  return shown;
}

test("[IDENTITY-1] an identity that the server rejects is dropped, and the request is made once more without it", async () => {
  pageMemory.remember(KEY, "expired");
  expect(await shownTo("new", recallIdentity)).toEqual(["expired", undefined]);
  expect(recallIdentity()).toBeUndefined();
});

test("[IDENTITY-2] a request that needs an identity shows a new one the second time", async () => {
  pageMemory.remember(KEY, "expired");
  expect(await shownTo("new", () => recallIdentity() ?? "new")).toEqual(["expired", "new"]);
});

test("[IDENTITY-3] an identity that another tab has renewed meanwhile is kept and shown", async () => {
  pageMemory.remember(KEY, "expired");
  const shown: unknown[] = [];
  await withIdentity(recallIdentity, async (token) => {
    shown.push(token);
    if (token === "new") return;
    pageMemory.remember(KEY, "new");
    throw refusal(REFUSAL.badToken);
  });
  expect(shown).toEqual(["expired", "new"]);
  expect(recallIdentity()).toBe("new");
});

test("[IDENTITY-4] other refusals, and a second one, reach the caller; the identity is kept after the former", async () => {
  pageMemory.remember(KEY, "mine");
  const full = () => Promise.reject(refusal(REFUSAL.roomFull));
  await expect(withIdentity(recallIdentity, full)).rejects.toMatchObject({ code: REFUSAL.roomFull });
  expect(recallIdentity()).toBe("mine");
  let requests = 0;
  const never = async () => {
    requests++;
    throw refusal(REFUSAL.badToken);
  };
  await expect(withIdentity(() => "any", never)).rejects.toMatchObject({ code: REFUSAL.badToken });
  expect(requests).toBe(2);
});

test.each([
  ["once after the seconds that a 429 names", "2", 2, "new"],
  ["not when they are many", "600", 1, undefined],
  ["not when it names none", undefined, 1, undefined],
])("[IDENTITY-5] a page asks for an identity again: %s", async (_what, wait, requests, expected) => {
  vi.useFakeTimers();
  const busy = () => new Response("{}", { status: 429, ...(wait && { headers: { "Retry-After": wait } }) });
  const ask = vi.fn(async () => (ask.mock.calls.length === 1 ? busy() : Response.json({ token: "new" })));
  vi.stubGlobal("fetch", ask);
  const asked = ownIdentity("http://server");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await asked).toBe(expected);
  expect(ask).toHaveBeenCalledTimes(requests);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
