/** HTTP calls about what lasts: progress, accounts, profiles, matches and leaderboards. */
import { CallFailed, type Failure, type ProgressCalls } from "#client/progressCalls.ts";
import type { OpenIdStart, SignedIn, TransferCode } from "#shared/protocol/account.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { Leaderboard, MatchPage, Me, PlayerProfile } from "#shared/protocol/progress.ts";
import { ownIdentity, recallIdentity, replaceIdentity, withIdentity } from "./identity.ts";

const FAILURES: Readonly<Record<number, Failure>> = {
  404: "unknown",
  409: "taken",
  410: "over",
  422: "badName",
  429: "tooMany",
  503: "away",
};

/** A limit of requests asks to wait for minutes, that of names for days. */
const REQUEST_WAIT_MAX_SEC = 3600;

function failureOf({ status, headers }: Response): CallFailed {
  const waitSec = Number(headers.get("Retry-After")) || 0;
  const why = FAILURES[status] ?? "refused";
  const isOfNames = why === "tooMany" && waitSec > REQUEST_WAIT_MAX_SEC;
  return new CallFailed(isOfNames ? "tooSoon" : why, { code: status, waitSec });
}

/** Resolves to an answer below status 400. Rejects with a CallFailed. */
async function send(url: string, init: RequestInit, token: string | undefined): Promise<Response> {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(init.body !== undefined && { "content-type": "application/json" }),
  };
  const response = await fetch(url, { ...init, headers }).catch(() => {
    throw new CallFailed("offline");
  });
  if (!response.ok) throw failureOf(response);
  return response;
}

/** A proxy's page instead of JSON counts as no answer. */
const json = <Answer>(response: Response): Promise<Answer> =>
  (response.json() as Promise<Answer>).catch(() => {
    throw new CallFailed("offline");
  });

/** `identity` finds the token; a request for a new one fails in words of its own. */
const asCallFailed = (error: unknown): never => {
  if (error instanceof CallFailed) throw error;
  const { code } = error as { code?: unknown };
  throw new CallFailed(typeof code === "number" ? (FAILURES[code] ?? "refused") : "offline");
};

const bodyOf = (body: unknown): RequestInit => ({
  method: "POST",
  ...(body !== undefined && { body: JSON.stringify(body) }),
});

export function createProgressCalls(endpoint: string): ProgressCalls {
  const own = () => ownIdentity(endpoint);
  const ask = (path: string, init: RequestInit, find: typeof own | typeof recallIdentity = own) =>
    withIdentity(find, (token) => send(endpoint + path, init, token)).catch(asCallFailed);
  const get = async <Answer>(path: string) =>
    json<Answer>(await ask(path, { cache: "no-cache" }, recallIdentity));
  const post = async <Answer>(path: string, body?: unknown) => json<Answer>(await ask(path, bodyOf(body)));
  /** For the answers of passkeys, codes and tickets: their 401 is no reason to drop the guest's identity. */
  const claim = async (path: string, body: unknown) => {
    const token = await own().catch(asCallFailed);
    return enter(await json<SignedIn>(await send(endpoint + path, bodyOf(body), token)));
  };

  return {
    me: async () => (recallIdentity() === undefined ? undefined : get<Me>(ROUTE.me)),
    async meForAccount() {
      const token = await own().catch(asCallFailed);
      return token === undefined ? undefined : json<Me>(await ask(ROUTE.me, { cache: "no-cache" }));
    },
    player: (name) => get<PlayerProfile>(pathTo(ROUTE.player, { name })),
    match: (id) => get<MatchPage>(pathTo(ROUTE.match, { id })),
    leaderboard: ({ mode, span, at }) =>
      get<Leaderboard>(`${ROUTE.leaderboard}?${new URLSearchParams({ mode, span, ...(at && { at }) })}`),

    setName: (name) => post<Me>(ROUTE.accountName, { name }),
    async addPasskey() {
      const { makePasskey } = await import("./passkeys.ts");
      const response = await makePasskey(await post(ROUTE.passkeyOptions));
      return post<Me>(ROUTE.passkeys, { response });
    },
    removePasskey: (id) => post<Me>(ROUTE.passkeyRemove, { id }),
    makeCode: () => post<TransferCode>(ROUTE.transfer),
    data: async () => (await ask(ROUTE.accountData, {})).blob(),
    async signInByPasskey() {
      const { usePasskey } = await import("./passkeys.ts");
      const answer = await usePasskey(await post(ROUTE.signInOptions));
      return claim(ROUTE.signIn, answer).catch((error) => {
        throw error instanceof CallFailed && error.code === 401 ? new CallFailed("badPasskey") : error;
      });
    },
    signInByCode: (code) => claim(ROUTE.signInTransfer, { code }),
    signInByTicket: (ticket) => claim(ROUTE.signInTicket, { ticket }),
    signOut: async (everywhere) => enter(await post<SignedIn>(ROUTE.signOut, { everywhere })),
    deleteAccount: async (name) => enter(await post<SignedIn>(ROUTE.accountDelete, { name })),
    openIdAddress: async () => (await post<OpenIdStart>(ROUTE.signInOpenId)).url,
  };
}

function enter({ token, me }: SignedIn): Me {
  replaceIdentity(token);
  return me;
}
