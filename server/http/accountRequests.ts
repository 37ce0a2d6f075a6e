/** Recognises visitors, parses bodies and sends answers for the account routes. */
import express, { type Request, type RequestHandler, type Response } from "express";
import type { LimitName, Limits } from "#server/edge/limits.ts";
import { ownOrigin } from "#server/edge/origins.ts";
import { Refused } from "#server/edge/refused.ts";
import { BODY_MAX_BYTES } from "#server/edge/requestValidation.ts";
import { bearerOf, type Recognise, type Visitor } from "#server/edge/visitor.ts";
import type { OpenId } from "#server/services/accounts/openId.ts";
import type { Passkeys } from "#server/services/accounts/passkeys.ts";
import type { Revocations } from "#server/services/accounts/revocations.ts";
import { type Site, siteOf } from "#server/services/accounts/site.ts";
import type { IdentityService } from "#server/services/identity.ts";
import { newcomersCareer } from "#server/store/pages/careers.ts";
import type { Account } from "#server/store/players/accounts.ts";
import type { Store } from "#server/store/store.ts";
import type { SignedIn } from "#shared/protocol/account.ts";
import type { AccountState, Me } from "#shared/protocol/progress.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { levelOf } from "#shared/rating/level.ts";

export interface Accounts {
  readonly recognise: Recognise;
  readonly limits: Limits;
  readonly store: Store;
  readonly identities: IdentityService;
  readonly revocations: Revocations;
  readonly passkeys: Passkeys;
  /** `name`: what the page calls the provider. */
  readonly openId: { readonly name: string; readonly flow: OpenId } | undefined;
  /** The HMAC key of transfer codes' hashes. */
  readonly transferKey: string | Uint8Array;
  readonly publicUrl: string | undefined;
}

type AnyRequest = Request<object>;
type Handler = (accounts: Accounts, request: AnyRequest, response: Response) => Promise<void>;

export const answering =
  (accounts: Accounts) =>
  (handle: Handler): RequestHandler<object> =>
  (request, response) =>
    handle(accounts, request, response);

export const json: RequestHandler = express.json({ limit: BODY_MAX_BYTES });

/** A visitor with an identity, counted. Throws Refused: 401 without one, 429 over the limit. */
export async function admitOwn(
  { recognise, limits }: Pick<Accounts, "recognise" | "limits">,
  request: AnyRequest,
  limit: LimitName,
): Promise<Visitor & { identity: string }> {
  const visitor = await recognise(request, bearerOf(request), request.method === "GET" ? "read" : "play");
  await limits.count(limit, visitor);
  const { identity } = visitor;
  if (identity === undefined) throw new Refused(REFUSAL.badToken, "This needs an identity: show its token.");
  return { ...visitor, identity };
}

/** For a device that was signed out after the request was admitted. */
export const signedOut = () => new Refused(REFUSAL.badToken, "This device was signed out.");

/** Refusals of a passkey that is added or used. */
export const CHALLENGE_REFUSALS = {
  overdue: { status: 410, text: "This took too long: try again." },
  wrong: { status: 422, text: "The passkey's answer is not what this server asked for." },
} as const;

/** A schema of zod, or of zod/mini, which the page shares. */
interface Schema<Body> {
  safeParse(body: unknown): { success: true; data: Body } | { success: false };
}

/** Throws Refused. */
export function bodyOf<Body>(schema: Schema<Body>, { body }: AnyRequest): Body {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refused(400, "The body of this request is malformed.");
  return parsed.data;
}

export function sendPrivate(response: Response, answer: object): void {
  response.setHeader("Cache-Control", "no-store").json(answer);
}

/** The site that the request's page belongs to; undefined where browsers make no passkeys. Expects a recognised request. */
export function siteFor({ publicUrl }: Accounts, request: AnyRequest): Site | undefined {
  if (publicUrl) return siteOf(new URL(publicUrl).origin);
  // Browsers send no Origin with a GET of the server's own page.
  const origin = request.headers.origin ?? ownOrigin(request);
  return origin ? siteOf(origin) : undefined;
}

/** Throws Refused. */
export function demandSite(accounts: Accounts, request: AnyRequest): Site {
  const site = siteFor(accounts, request);
  if (!site) throw new Refused(409, "Browsers make passkeys on https pages and on localhost only.");
  return site;
}

/** `identity` undefined: a newcomer. */
export async function meOf(
  accounts: Accounts,
  request: AnyRequest,
  identity: string | undefined,
): Promise<Me> {
  const offers = {
    passkeys: siteFor(accounts, request) !== undefined,
    openid: accounts.openId?.name ?? null,
  };
  if (identity === undefined) {
    const career = newcomersCareer(Date.now());
    return { name: null, level: levelOf(0), ladders: [], career, account: null, offers };
  }
  const question = { identity, atMs: Date.now() };
  const [progress, account] = await Promise.all([
    accounts.store.ask("progressOf", question),
    accounts.store.ask("accountOf", question),
  ]);
  return { ...progress, account: account && stateOf(account), offers };
}

function stateOf({ renameFrom, credentials, devices }: Account): AccountState {
  return {
    renameFrom: renameFrom > Date.now() ? renameFrom : 0,
    passkeys: credentials
      .filter(({ kind }) => kind === "passkey")
      .map(({ id, createdAt, usedAt }) => ({ id, createdAt, usedAt })),
    // An id is "ISSUER SUBJECT".
    openid: credentials
      .filter(({ kind }) => kind === "openid")
      .map(({ id, createdAt, usedAt }) => ({
        ...{ id, createdAt, usedAt },
        name: new URL(id.split(" ")[0] ?? id).host,
      })),
    devices,
  };
}

export async function sendSignedIn(
  accounts: Accounts,
  request: AnyRequest,
  response: Response,
  identity: string,
): Promise<void> {
  const answer: SignedIn = {
    token: await accounts.identities.issue(identity),
    me: await meOf(accounts, request, identity),
  };
  sendPrivate(response, answer);
}
