/** The visitor's identity, and its renewal when the server no longer accepts it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { pageMemory } from "#client/storage.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { knownIdentity, ownIdentity, recallIdentity, replaceIdentity, withIdentity } from "./identity.ts";

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

test("[IDENTITY-1] an identity that the server rejects is not shown again, and the request is made once more without it", async () => {
  pageMemory.remember(KEY, "expired");
  expect(await shownTo("new", recallIdentity)).toEqual(["expired", undefined]);
  expect(recallIdentity()).toBeUndefined();
});

test("[IDENTITY-2] a request that needs an identity shows a new one the second time", async () => {
  pageMemory.remember(KEY, "expired too");
  expect(await shownTo("new", () => recallIdentity() ?? "new")).toEqual(["expired too", "new"]);
});

test("[IDENTITY-3] an identity that another tab has renewed meanwhile is kept and shown", async () => {
  pageMemory.remember(KEY, "expired as well");
  const shown: unknown[] = [];
  await withIdentity(recallIdentity, async (token) => {
    shown.push(token);
    if (token === "new") return;
    pageMemory.remember(KEY, "new");
    throw refusal(REFUSAL.badToken);
  });
  expect(shown).toEqual(["expired as well", "new"]);
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

const DAY_SEC = 86_400;
const HALF_DAY_MS = (DAY_SEC * 1000) / 2;
const base64 = (value: unknown) => btoa(JSON.stringify(value)).replaceAll("=", "");
/** A token as the server issues it now. */
const tokenOf = (name: string, lifeSec = DAY_SEC) => {
  const iat = Math.floor(Date.now() / 1000);
  return `${base64({ alg: "HS256" })}.${base64({ sub: name, iat, exp: iat + lifeSec })}.signature-of-${name}`;
};

describe("renewal", () => {
  /** The tokens that the server was shown, "" for none. */
  let shown: string[];
  /** The server's next answer. */
  let answer: () => Response | Promise<Response>;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
    shown = [];
    answer = () => Response.json({ token: tokenOf("renewed") });
    vi.stubGlobal("fetch", async (_url: string, init: { headers: Record<string, string> }) => {
      shown.push(init.headers.authorization?.replace("Bearer ", "") ?? "");
      return answer();
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
  const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
  const own = () => ownIdentity("http://server");
  const status = (code: number) => () =>
    Response.json({ code, error: "refused by a test" }, { status: code });

  test("[IDENTITY-6] a token is shown as it is for half of its life, then renewed in the background, once", async () => {
    const first = tokenOf("first");
    pageMemory.remember(KEY, first);
    pass(HALF_DAY_MS - 1000);
    expect(await own()).toBe(first);
    expect(shown).toEqual([]);
    pass(2000);
    expect(await Promise.all([own(), own(), knownIdentity("http://server")])).toEqual([first, first, first]);
    expect(shown).toEqual([first]);
    await expect.poll(own).toBe(tokenOf("renewed"));
    expect(shown).toEqual([first]);
  });

  test("[IDENTITY-7] a token of earlier versions, valid for 90 days, is renewed after half a day", async () => {
    const first = tokenOf("first", 90 * DAY_SEC);
    pageMemory.remember(KEY, first);
    pass(HALF_DAY_MS + 1000);
    expect(await own()).toBe(first);
    expect(shown).toEqual([first]);
  });

  test("[IDENTITY-8] an expired token is renewed before it is shown", async () => {
    const first = tokenOf("first");
    pageMemory.remember(KEY, first);
    pass(3 * HALF_DAY_MS);
    expect(await Promise.all([own(), own()])).toEqual([tokenOf("renewed"), tokenOf("renewed")]);
    expect(shown).toEqual([first]);
    expect(recallIdentity()).toBe(tokenOf("renewed"));
  });

  test.each([
    [429, "plays without"],
    [404, "plays without"],
    [503, "does not join"],
    [500, "does not join"],
  ])(
    "[IDENTITY-9] a page whose expired token is not renewed keeps it: after status %i it %s",
    async (code, what) => {
      const first = tokenOf("first");
      pageMemory.remember(KEY, first);
      pass(3 * HALF_DAY_MS);
      answer = status(code);
      if (what === "plays without") expect(await own()).toBeUndefined();
      else await expect(own()).rejects.toMatchObject({ code });
      expect(shown).toEqual([first]);
      answer = () => Response.json({ token: tokenOf("renewed") });
      expect(await own()).toBe(tokenOf("renewed"));
      expect(shown).toEqual([first, first]);
    },
  );

  test("[IDENTITY-10] a token that the server refuses to renew is dropped, and a new identity drawn where one is needed", async () => {
    const first = tokenOf("first");
    pageMemory.remember(KEY, first);
    pass(3 * HALF_DAY_MS);
    answer = () => (shown.at(-1) === first ? status(401)() : Response.json({ token: tokenOf("new") }));
    expect(await knownIdentity("http://server")).toBeUndefined();
    expect(shown).toEqual([first]);
    expect(await own()).toBe(tokenOf("new"));
    expect(shown).toEqual([first, ""]);
  });

  test("[IDENTITY-11] a request whose token the server refuses, though the page's clock finds it valid, is made again with a renewed one", async () => {
    const first = tokenOf("first");
    pageMemory.remember(KEY, first);
    const used: unknown[] = [];
    await withIdentity(own, async (token) => {
      used.push(token);
      if (token === first) throw refusal(REFUSAL.badToken);
    });
    expect(used).toEqual([first, tokenOf("renewed")]);
    expect(shown).toEqual([first]);
  });

  test("[IDENTITY-12] a renewal that is answered after the page has signed in does not take the identity away", async () => {
    const first = tokenOf("first");
    pageMemory.remember(KEY, first);
    pass(3 * HALF_DAY_MS);
    const { promise, resolve } = Promise.withResolvers<Response>();
    answer = () => promise;
    const asked = own();
    await expect.poll(() => shown).toEqual([first]);
    replaceIdentity(tokenOf("account"));
    resolve(Response.json({ token: tokenOf("renewed") }));
    expect(await asked).toBe(tokenOf("account"));
    expect(recallIdentity()).toBe(tokenOf("account"));
  });

  test("[IDENTITY-13] a page whose clock is two days fast renews once, and not at every request", async () => {
    const serverNow = Date.now();
    const issued = tokenOf("first");
    pageMemory.remember(KEY, issued);
    pass(4 * HALF_DAY_MS);
    answer = () => {
      const pageNow = Date.now();
      vi.setSystemTime(serverNow);
      const token = tokenOf("renewed");
      vi.setSystemTime(pageNow);
      return Response.json({ token });
    };
    const renewed = await own();
    for (let time = 0; time < 3; time++) expect(await own()).toBe(renewed);
    expect(shown).toEqual([issued]);
  });
});
