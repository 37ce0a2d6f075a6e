/** The player's identity between visits: a token that the server issues once and the browser stores. */
import { pageMemory } from "#client/storage.ts";
import { type ErrorAnswer, type IdentityAnswer, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const KEY = "fracas.identity";

export const recallIdentity = (): string | undefined => pageMemory.recall(KEY);

export const forgetIdentity = (): void => pageMemory.forget(KEY);

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
