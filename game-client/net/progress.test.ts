/** Calls about what lasts: whom they speak for, and what a failure means. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CallFailed, type Failure, type ProgressCalls } from "#client/progressCalls.ts";
import { pageMemory } from "#client/storage.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { createProgressCalls } from "./progress.ts";

const KEY = "fracas.identity";
const HOST = "https://fracas.example";
const calls = createProgressCalls(HOST);

interface Sent {
  path: string;
  method: string;
  token: string | null;
  body: unknown;
}
let sent: Sent[];

/** Answers every request of the page, and notes it. */
function answerWith(answer: (path: string) => Response | Promise<Response>): void {
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    const path = url.slice(HOST.length);
    sent.push({
      path,
      method: init.method ?? "GET",
      token: new Headers(init.headers).get("authorization"),
      body: typeof init.body === "string" ? JSON.parse(init.body) : undefined,
    });
    return answer(path);
  });
}

const refuse = (status: number, waitSec?: number) => () =>
  Response.json(
    { code: status, error: "no" },
    {
      status,
      headers: waitSec === undefined ? {} : { "Retry-After": String(waitSec) },
    },
  );

const failureOf = async (call: Promise<unknown>): Promise<Failure | undefined> =>
  call.then(
    () => undefined,
    (error) => (error instanceof CallFailed ? error.why : undefined),
  );

const NOW_SEC = Math.floor(Date.now() / 1000);
/** A token that was issued now: the page takes the server's time from it. */
const FRESH = ["e30", btoa(JSON.stringify({ sub: "me", iat: NOW_SEC, exp: NOW_SEC + 86_400 })), "x"].join(
  ".",
);

beforeEach(() => {
  sent = [];
  pageMemory.remember(KEY, FRESH);
});
afterEach(() => {
  vi.unstubAllGlobals();
  pageMemory.forget(KEY);
});

test.each<[string, (calls: ProgressCalls) => Promise<unknown>, number, number | undefined, Failure]>([
  ["a taken name", (all) => all.setName("Ann"), 409, undefined, "taken"],
  ["a bad name", (all) => all.setName("Ann"), 422, undefined, "badName"],
  ["a name changed lately", (all) => all.setName("Ann"), 429, 20 * 86_400, "tooSoon"],
  ["too many names", (all) => all.setName("Ann"), 429, 60, "tooMany"],
  ["a wrong code", (all) => all.signInByCode("ABCD"), 410, undefined, "over"],
  ["too many codes", (all) => all.signInByCode("ABCD"), 429, 86_400, "tooMany"],
  ["an old ticket", (all) => all.signInByTicket("t"), 410, undefined, "overdue"],
  ["a sign-in that no account has", (all) => all.signInByTicket("t"), 422, undefined, "notLinked"],
  ["another account's sign-in", (all) => all.signInByTicket("t"), 409, undefined, "linkedElsewhere"],
  ["a page that is none", (all) => all.player("x"), 404, undefined, "unknown"],
  ["a store that is away", (all) => all.me(), 503, undefined, "away"],
  ["a proxy's refusal", (all) => all.me(), 418, undefined, "refused"],
])("[CALLS-1] the server's refusal means what the player did: %s", async (_, call, status, waitSec, why) => {
  answerWith(refuse(status, waitSec));
  expect(await failureOf(call(calls))).toBe(why);
  expect(sent).toHaveLength(1);
});

test("[CALLS-2] no answer, or one that is no JSON, is a missing connection", async () => {
  answerWith(() => Promise.reject(new TypeError("fetch failed")));
  expect(await failureOf(calls.me())).toBe("offline");
  answerWith(() => new Response("<h1>Welcome to the hotel</h1>"));
  expect(await failureOf(calls.player("Ann"))).toBe("offline");
});

test("[CALLS-3] signing in replaces the identity; a refusal leaves the guest's", async () => {
  answerWith(refuse(410));
  await failureOf(calls.signInByCode("ABCD-EFGH"));
  expect(pageMemory.recall(KEY)).toBe(FRESH);
  answerWith(() => Response.json({ token: "theirs", me: { name: "Ann" } }));
  expect(await calls.signInByCode("ABCD-EFGH")).toEqual({ name: "Ann" });
  expect(pageMemory.recall(KEY)).toBe("theirs");
  expect(sent.at(-1)).toEqual({
    path: ROUTE.signInTransfer,
    method: "POST",
    token: `Bearer ${FRESH}`,
    body: { code: "ABCD-EFGH" },
  });
});

test("[CALLS-4] a newcomer looks without an identity, and gets one with the first change", async () => {
  pageMemory.forget(KEY);
  answerWith((path) => Response.json(path === ROUTE.identity ? { token: FRESH } : {}));
  expect(calls.isKnown()).toBe(false);
  await calls.leaderboard({ mode: "deathmatch", span: "season", at: "2026-3" });
  expect(sent.map(({ path, token }) => [path, token])).toEqual([
    [`${ROUTE.leaderboard}?mode=deathmatch&span=season&at=2026-3`, null],
  ]);
  await calls.setName("Ann");
  expect(sent.slice(1).map(({ path }) => path)).toEqual([ROUTE.identity, ROUTE.accountName]);
  expect(calls.isKnown()).toBe(true);
});

test("[CALLS-5] a provider is asked to link only where the player asked for it, and any way in is removed by its id", async () => {
  answerWith(() => Response.json({ url: "https://id.example" }));
  for (const link of [true, false]) expect(await calls.openIdAddress(link)).toBe("https://id.example");
  await calls.removeCredential("https://id.example ann");
  expect(sent.map(({ path, body }) => [path, body])).toEqual([
    [ROUTE.signInOpenId, { link: true }],
    [ROUTE.signInOpenId, { link: false }],
    [ROUTE.credentialRemove, { id: "https://id.example ann" }],
  ]);
});
