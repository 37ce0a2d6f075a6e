/** HTTP calls about what lasts: progress, accounts, profiles, matches and leaderboards. */
import { CallFailed, type Failure, type ProgressCalls } from "#client/progressCalls.ts";
import type { OpenIdStart, SignedIn, SignInOptions, TransferCode } from "#shared/protocol/account.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { Leaderboard, MatchPage, Me, PlayerProfile } from "#shared/protocol/progress.ts";
import { ask, HttpError, type HttpRequest } from "./http.ts";
import { knownIdentity, ownIdentity, recallIdentity, replaceIdentity, withIdentity } from "./identity.ts";

const FAILURES: Readonly<Record<number, Failure>> = {
  404: "unknown",
  410: "over",
  429: "tooMany",
  503: "away",
};

/** Anything but the server's refusal counts as no answer: a dropped connection, or HTML of a proxy instead of JSON. */
function asCallFailed(error: unknown): never {
  if (!(error instanceof HttpError)) throw new CallFailed("offline");
  const { code, waitSec, faults } = error;
  throw new CallFailed(FAILURES[code] ?? "refused", { code, waitSec, faults });
}

/** The meaning of a status in answer to one call. */
export type Meanings = Readonly<Record<number, Failure>>;

export const meaning =
  (meanings: Meanings) =>
  (error: unknown): never => {
    const { code = 0, waitSec = 0 } = error as Partial<CallFailed>;
    const why = meanings[code];
    throw why ? new CallFailed(why, { code, waitSec }) : error;
  };

const NAME: Meanings = { 409: "taken", 422: "badName" };
const NEW_PASSKEY: Meanings = { 409: "tooManyPasskeys", 410: "overdue", 422: "badPasskey" };
const OWN_PASSKEY: Meanings = { 409: "copiedPasskey", 410: "overdue", 422: "badPasskey" };
const NO_PASSKEYS: Meanings = { 409: "noPasskeys" };
const TICKET: Meanings = { 409: "linkedElsewhere", 410: "overdue", 422: "notLinked" };

/** A longer wait means the limit of one rename in 30 days; a shorter one, the limit of requests. */
const NAME_WAIT_MIN_SEC = 3600;
const tooSoon = (error: unknown): never => {
  const isChange =
    error instanceof CallFailed && error.why === "tooMany" && error.waitSec > NAME_WAIT_MIN_SEC;
  throw isChange ? new CallFailed("tooSoon", { code: 429, waitSec: error.waitSec }) : error;
};

/** Requests of the visitor; each rejects with a CallFailed. */
export function visitorAt(endpoint: string) {
  const own = () => ownIdentity(endpoint);
  const known = () => knownIdentity(endpoint);
  const asked = <Answer>(
    path: string,
    request: HttpRequest,
    find: typeof own,
    parse: (response: Response) => Promise<Answer>,
  ) =>
    withIdentity(find, async (token) => parse(await ask(endpoint + path, { ...request, token }))).catch(
      asCallFailed,
    );
  const json = <Answer>(response: Response): Promise<Answer> => response.json();
  return {
    get: <Answer>(path: string) => asked<Answer>(path, { cache: "no-cache" }, known, json),
    /** A newcomer gets an identity. */
    post: <Answer>(path: string, body?: unknown) => asked<Answer>(path, { method: "POST", body }, own, json),
    /** For what a newcomer may ask as well. */
    postAsKnown: <Answer>(path: string, body?: unknown) =>
      asked<Answer>(path, { method: "POST", body }, known, json),
    /** The answer is empty. */
    remove: (path: string) => asked(path, { method: "DELETE" }, own, async () => {}),
    file: (path: string) => asked(path, {}, own, (response) => response.blob()),
  };
}
type VisitorRequests = ReturnType<typeof visitorAt>;

export function createProgressCalls(endpoint: string): ProgressCalls {
  const visitor = visitorAt(endpoint);
  return { ...reading(visitor), ...owning(visitor), ...entering(visitor) };
}

const reading = ({ get }: VisitorRequests) =>
  ({
    isKnown: () => recallIdentity() !== undefined,
    me: () => get<Me>(ROUTE.me),
    player: (name) => get<PlayerProfile>(pathTo(ROUTE.player, { name })),
    match: (id) => get<MatchPage>(pathTo(ROUTE.match, { id })),
    leaderboard: ({ mode, span, at }) =>
      get<Leaderboard>(`${ROUTE.leaderboard}?${new URLSearchParams({ mode, span, ...(at && { at }) })}`),
  }) satisfies Partial<ProgressCalls>;

const owning = ({ post, file }: VisitorRequests) =>
  ({
    setName: (name) => post<Me>(ROUTE.accountName, { name }).catch(tooSoon).catch(meaning(NAME)),
    async addPasskey() {
      const { makePasskey } = await import("./passkeys.ts");
      const response = await makePasskey(await post(ROUTE.passkeyOptions));
      return post<Me>(ROUTE.passkeys, { response }).catch(meaning(NEW_PASSKEY));
    },
    removeCredential: (id) => post<Me>(ROUTE.credentialRemove, { id }),
    chooseLook: (look) => post<Me>(ROUTE.look, { look }),
    makeCode: () => post<TransferCode>(ROUTE.transfer),
    data: () => file(ROUTE.accountData),
    openIdAddress: async (link) => (await post<OpenIdStart>(ROUTE.signInOpenId, { link })).url,
  }) satisfies Partial<ProgressCalls>;

/** Calls that give the page another identity; the visitor may have none before. */
function entering({ postAsKnown }: VisitorRequests) {
  const enter = async (path: string, body: unknown) => {
    const { token, me } = await postAsKnown<SignedIn>(path, body);
    replaceIdentity(token);
    return me;
  };
  return {
    async signInByPasskey() {
      const { usePasskey } = await import("./passkeys.ts");
      const options = await postAsKnown<SignInOptions>(ROUTE.signInOptions).catch(meaning(NO_PASSKEYS));
      return enter(ROUTE.signIn, await usePasskey(options)).catch(meaning(OWN_PASSKEY));
    },
    signInByCode: (code) => enter(ROUTE.signInTransfer, { code }),
    signInByTicket: (ticket) => enter(ROUTE.signInTicket, { ticket }).catch(meaning(TICKET)),
    signOut: (everywhere) => enter(ROUTE.signOut, { everywhere }),
    deleteAccount: (name) => enter(ROUTE.accountDelete, { name }),
  } satisfies Partial<ProgressCalls>;
}
