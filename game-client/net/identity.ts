/** The player's identity between visits: a token that the server issues once and the browser stores. */
import { pageMemory } from "#client/storage.ts";
import { type ErrorAnswer, type IdentityAnswer, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const KEY = "fracas.identity";

export const recallIdentity = (): string | undefined => pageMemory.recall(KEY);

/** After signing in or out: the page is somebody else from now on. */
export const replaceIdentity = (token: string): void => pageMemory.remember(KEY, token);

/**
 * Makes a request that shows the identity; if the server does not accept it (it has expired, or the server has a new
 * secret), drops it and makes the request once more. `find` is `ownIdentity` where the request needs one, so that the
 * second request shows a new one, or else `recallIdentity`.
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
    if (recallIdentity() === token) pageMemory.forget(KEY);
    return request(await find());
  }
}

/** A page that is told to wait longer plays without an identity. */
const WAIT_MAX_SEC = 5;

/** The request for a new identity that has no answer yet: a second one would be issued another. */
let asked: Promise<string | undefined> | undefined;

/** Undefined if the server issues no identities. Rejects with the server's status as `code` and its text. */
export async function ownIdentity(endpoint: string): Promise<string | undefined> {
  const kept = recallIdentity();
  if (kept) return kept;
  asked ??= newIdentity(endpoint).finally(() => {
    asked = undefined;
  });
  return asked;
}

async function newIdentity(endpoint: string): Promise<string | undefined> {
  const ask = () => fetch(endpoint + ROUTE.identity, { method: "POST" });
  let response = await ask();
  const waitSec = Number(response.headers.get("Retry-After"));
  if (response.status === REFUSAL.tooMany && waitSec > 0 && waitSec <= WAIT_MAX_SEC) {
    await new Promise((resolve) => setTimeout(resolve, waitSec * 1000));
    response = await ask();
  }
  // No identities here, or too many issued to this network: play without one.
  if (response.status === 404 || response.status === REFUSAL.tooMany) return undefined;
  const { token, error } = (await response.json()) as Partial<IdentityAnswer & ErrorAnswer>;
  if (!token) throw Object.assign(new Error(error), { code: response.status });
  pageMemory.remember(KEY, token);
  return token;
}
