/** The player's identity between visits: a token that the server issues once and the browser stores. */
import { pageMemory } from "#client/storage.ts";
import { type ErrorAnswer, type IdentityAnswer, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const KEY = "fracas.identity";

export const recallIdentity = (): string | undefined => pageMemory.recall(KEY);

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

/** Undefined if the server issues no identities. Rejects with the server's status as `code` and its text. */
export async function ownIdentity(endpoint: string): Promise<string | undefined> {
  const kept = recallIdentity();
  if (kept) return kept;
  const response = await fetch(endpoint + ROUTE.identity, { method: "POST" });
  // No identities here, or too many issued to this network: play without one.
  if (response.status === 404 || response.status === REFUSAL.tooMany) return undefined;
  const { token, error } = (await response.json()) as Partial<IdentityAnswer & ErrorAnswer>;
  if (!token) throw Object.assign(new Error(error), { code: response.status });
  pageMemory.remember(KEY, token);
  return token;
}
