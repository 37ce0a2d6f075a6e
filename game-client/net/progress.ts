/** HTTP calls about what lasts: progress, accounts, profiles, matches and leaderboards. */
import { CallFailed, type Failure, type ProgressCalls } from "#client/progressCalls.ts";
import type { OpenIdStart, SignedIn, SignInOptions, TransferCode } from "#shared/protocol/account.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { Leaderboard, MatchPage, Me, PlayerProfile } from "#shared/protocol/progress.ts";
import { knownIdentity, ownIdentity, recallIdentity, replaceIdentity, withIdentity } from "./identity.ts";

const FAILURES: Readonly<Record<number, Failure>> = {
  404: "unknown",
  410: "over",
  429: "tooMany",
  503: "away",
};

/** What a status means in answer to one call. */
type Meanings = Readonly<Record<number, Failure>>;

/** Resolves to an answer below status 400. Rejects with a CallFailed. */
async function send(url: string, init: RequestInit, token: string | undefined): Promise<Response> {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(init.body !== undefined && { "content-type": "application/json" }),
  };
  const response = await fetch(url, { ...init, headers }).catch(() => {
    throw new CallFailed("offline");
  });
  if (response.ok) return response;
  const { status } = response;
  const waitSec = Number(response.headers.get("Retry-After")) || 0;
  throw new CallFailed(FAILURES[status] ?? "refused", { code: status, waitSec });
}

const meaning =
  (meanings: Meanings) =>
  (error: unknown): never => {
    const { code = 0, waitSec = 0 } = error as Partial<CallFailed>;
    const why = meanings[code];
    throw why ? new CallFailed(why, { code, waitSec }) : error;
  };

/** Parses an answer. HTML of a proxy instead of JSON counts as no answer. */
const json = <Answer>(response: Response): Promise<Answer> =>
  (response.json() as Promise<Answer>).catch(() => {
    throw new CallFailed("offline");
  });

/** Converts the errors of identity.ts, which have a status as `code`. */
function asCallFailed(error: unknown): never {
  if (error instanceof CallFailed) throw error;
  const { code } = error as { code?: unknown };
  throw new CallFailed(typeof code === "number" ? (FAILURES[code] ?? "refused") : "offline");
}

/** A longer wait means the limit of one rename in 30 days; a shorter one, the limit of requests. */
const NAME_WAIT_MIN_SEC = 3600;
const NAME: Meanings = { 409: "taken", 422: "badName" };
const tooSoon = (error: unknown): never => {
  const isChange =
    error instanceof CallFailed && error.why === "tooMany" && error.waitSec > NAME_WAIT_MIN_SEC;
  throw isChange ? new CallFailed("tooSoon", { code: 429, waitSec: error.waitSec }) : error;
};
const NEW_PASSKEY: Meanings = { 409: "tooManyPasskeys", 410: "overdue", 422: "badPasskey" };
const OWN_PASSKEY: Meanings = { 409: "copiedPasskey", 410: "overdue", 422: "badPasskey" };
const NO_PASSKEYS: Meanings = { 409: "noPasskeys" };
const TICKET: Meanings = { 409: "linkedElsewhere", 410: "overdue", 422: "notLinked" };

const bodyOf = (body: unknown): RequestInit => ({
  method: "POST",
  ...(body !== undefined && { body: JSON.stringify(body) }),
});

export function createProgressCalls(endpoint: string): ProgressCalls {
  const own = () => ownIdentity(endpoint);
  const known = () => knownIdentity(endpoint);
  const ask = (path: string, init: RequestInit, find: typeof own | typeof known) =>
    withIdentity(find, (token) => send(endpoint + path, init, token)).catch(asCallFailed);
  const get = async <Answer>(path: string) => json<Answer>(await ask(path, { cache: "no-cache" }, known));
  const post = async <Answer>(path: string, body?: unknown) =>
    json<Answer>(await ask(path, bodyOf(body), own));
  /** For calls that give the page another identity; the visitor may have none before. */
  const enter = async (path: string, body: unknown) => {
    const { token, me } = await json<SignedIn>(await ask(path, bodyOf(body), known));
    replaceIdentity(token);
    return me;
  };

  return {
    isKnown: () => recallIdentity() !== undefined,
    me: () => get<Me>(ROUTE.me),
    player: (name) => get<PlayerProfile>(pathTo(ROUTE.player, { name })),
    match: (id) => get<MatchPage>(pathTo(ROUTE.match, { id })),
    leaderboard: ({ mode, span, at }) =>
      get<Leaderboard>(`${ROUTE.leaderboard}?${new URLSearchParams({ mode, span, ...(at && { at }) })}`),

    setName: (name) => post<Me>(ROUTE.accountName, { name }).catch(tooSoon).catch(meaning(NAME)),
    async addPasskey() {
      const { makePasskey } = await import("./passkeys.ts");
      const response = await makePasskey(await post(ROUTE.passkeyOptions));
      return post<Me>(ROUTE.passkeys, { response }).catch(meaning(NEW_PASSKEY));
    },
    removeCredential: (id) => post<Me>(ROUTE.credentialRemove, { id }),
    makeCode: () => post<TransferCode>(ROUTE.transfer),
    data: async () => (await ask(ROUTE.accountData, {}, own)).blob(),
    async signInByPasskey() {
      const { usePasskey } = await import("./passkeys.ts");
      const answer = await usePasskey(
        await ask(ROUTE.signInOptions, bodyOf(undefined), known)
          .then(json<SignInOptions>)
          .catch(meaning(NO_PASSKEYS)),
      );
      return enter(ROUTE.signIn, answer).catch(meaning(OWN_PASSKEY));
    },
    signInByCode: (code) => enter(ROUTE.signInTransfer, { code }),
    signInByTicket: (ticket) => enter(ROUTE.signInTicket, { ticket }).catch(meaning(TICKET)),
    signOut: (everywhere) => enter(ROUTE.signOut, { everywhere }),
    deleteAccount: (name) => enter(ROUTE.accountDelete, { name }),
    openIdAddress: async (link) => (await post<OpenIdStart>(ROUTE.signInOpenId, { link })).url,
  };
}
