/** The player's identity between visits: a token that the server issues, the browser stores, and this page renews. */
import { pageMemory } from "#client/storage.ts";
import { type ErrorAnswer, type IdentityAnswer, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { HttpError, send, waitSecOf } from "./http.ts";
import { conditionOf, noteIssued } from "./tokenAge.ts";

const KEY = "fracas.identity";

/** The stored token, if the server has refused it: a renewal may still succeed. */
let refused: string | undefined;

/** Undefined if there is none, or if the server has just refused it. */
export const recallIdentity = (): string | undefined => {
  const kept = pageMemory.recall(KEY);
  return kept === refused ? undefined : kept;
};

/** Call after signing in or out: the page shows the new identity from then on. */
export const replaceIdentity = (token: string): void => pageMemory.remember(KEY, token);

/**
 * Makes a request that shows the identity; if the server does not accept it (it has expired, or the server has a new
 * secret), makes the request once more. `find` is `ownIdentity` where the request needs one, so that the second request
 * shows a renewed or a new one; `knownIdentity` where a newcomer needs none, or `recallIdentity`, which renews nothing.
 */
export async function withIdentity<Answer>(
  find: () => string | undefined | Promise<string | undefined>,
  request: (token: string | undefined) => Promise<Answer>,
): Promise<Answer> {
  const token = await find();
  try {
    return await request(token);
  } catch (error) {
    if (token === undefined || (error as { code?: unknown }).code !== REFUSAL.badToken) throw error;
    // Another tab may have a new one already.
    if (pageMemory.recall(KEY) === token) refused = token;
    return request(await find());
  }
}

/** A page that is told to wait longer plays without an identity. */
const WAIT_MAX_SEC = 5;

/** The pending request and the token that it shows. Callers share it, because a second request would be issued another token. */
let asked: { token: string | undefined; answer: Promise<string | undefined> } | undefined;

/**
 * The page's identity; a new one if it has none. Undefined if the server issues none now; the stored token is then kept.
 * Rejects with an HttpError if the server refuses one.
 */
export async function ownIdentity(endpoint: string): Promise<string | undefined> {
  const known = await knownIdentity(endpoint);
  // Still stored: the server did not renew it yet, and a new one would take its place.
  if (known !== undefined || pageMemory.recall(KEY)) return known;
  return askOnce(endpoint, undefined);
}

/** Like `ownIdentity`, but draws no new one: undefined for a newcomer. Renews a token that expires soon in the background. */
export async function knownIdentity(endpoint: string): Promise<string | undefined> {
  const kept = pageMemory.recall(KEY);
  if (!kept) return undefined;
  const condition = kept === refused ? "expired" : conditionOf(kept);
  if (condition === "fresh") return kept;
  const renewed = askOnce(endpoint, kept);
  if (condition === "expired") return renewed;
  renewed.catch(() => {});
  return kept;
}

function askOnce(endpoint: string, token: string | undefined): Promise<string | undefined> {
  if (asked && asked.token === token) return asked.answer;
  const answer = ask(endpoint, token).finally(() => {
    asked = undefined;
  });
  asked = { token, answer };
  return answer;
}

/** Asks for a new identity, or for a fresh token in place of `token`. */
async function ask(endpoint: string, token: string | undefined): Promise<string | undefined> {
  const response = await post(endpoint, token);
  // No identities here, or too many issued to this network: play without one.
  if (response.status === 404 || response.status === REFUSAL.tooMany) return undefined;
  if (token !== undefined && response.status === REFUSAL.badToken) return dropIdentity(token);
  const { token: issued, error } = (await response.json()) as Partial<IdentityAnswer & ErrorAnswer>;
  if (!issued) throw new HttpError(error ?? "", response.status, waitSecOf(response));
  noteIssued(issued);
  // The page may have signed in meanwhile, or another tab renewed the token.
  if (token !== undefined && pageMemory.recall(KEY) !== token) return recallIdentity();
  pageMemory.remember(KEY, issued);
  return issued;
}

async function post(endpoint: string, token: string | undefined): Promise<Response> {
  const request = () => send(endpoint + ROUTE.identity, { method: "POST", token });
  const response = await request();
  const waitSec = waitSecOf(response);
  if (response.status !== REFUSAL.tooMany || !(waitSec > 0 && waitSec <= WAIT_MAX_SEC)) return response;
  await new Promise((resolve) => setTimeout(resolve, waitSec * 1000));
  return request();
}

/** Forgets a token that the server refuses to renew; returns what another tab has stored meanwhile. */
function dropIdentity(token: string): string | undefined {
  if (pageMemory.recall(KEY) !== token) return recallIdentity();
  pageMemory.forget(KEY);
  return undefined;
}
