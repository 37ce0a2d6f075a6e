/** Who this page is to the server, over visits: a token that the server gives once and the browser keeps. */
import { pageMemory } from "#client/storage.ts";
import { type ErrorAnswer, type IdentityAnswer, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const KEY = "fracas.identity";

export const recallIdentity = (): string | undefined => pageMemory.recall(KEY);

export const forgetIdentity = (): void => pageMemory.forget(KEY);

/** Nothing from a server that gives none. Rejects with the server's status and words. */
export async function ownIdentity(endpoint: string): Promise<string | undefined> {
  const kept = recallIdentity();
  if (kept) return kept;
  const response = await fetch(endpoint + ROUTE.identity, { method: "POST" });
  // Where none are given, or too many were to this network: one can play without.
  if (response.status === 404 || response.status === REFUSAL.tooMany) return undefined;
  const { token, error } = (await response.json()) as Partial<IdentityAnswer & ErrorAnswer>;
  if (!token) throw Object.assign(new Error(error), { code: response.status });
  pageMemory.remember(KEY, token);
  return token;
}
