/** Remembers a join request over a reload of the tab that a screen asked for, so that the player need not ask again. */
import type { JoinRequest } from "#client/joinRequest.ts";
import { tabMemory } from "#client/storage.ts";

const KEY = "fracas.request";

export interface KeptRequest {
  name: string;
  request: JoinRequest;
}

export const keepRequest = ({ name, request }: KeptRequest): void =>
  tabMemory.remember(KEY, JSON.stringify({ name, request }));

/** The kept request, which is then forgotten: a later reload does not repeat it. */
export function takeKeptRequest(): KeptRequest | undefined {
  const kept = tabMemory.recall(KEY);
  tabMemory.forget(KEY);
  return kept === undefined ? undefined : (JSON.parse(kept) as KeptRequest);
}
