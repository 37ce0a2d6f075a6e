/** HTTP requests about rooms and maps that need no seat. */
import type { RoomLookup } from "#client/roomDirectory.ts";
import {
  type ErrorAnswer,
  type MapOffer,
  pathTo,
  ROUTE,
  type RoomInfo,
  type TakeoverAnswer,
} from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import { recallIdentity } from "./identity.ts";

const bearer = (): HeadersInit => {
  const token = recallIdentity();
  return token ? { authorization: `Bearer ${token}` } : {};
};

/** Never rejects: failures are a kind of answer. */
export async function lookUpRoom(endpoint: string, code: string): Promise<RoomLookup> {
  if (!isRoomCode(code)) return { is: "unknown" };
  const url = endpoint + pathTo(ROUTE.room, { code });
  try {
    let response = await fetch(url, { headers: bearer() });
    // The server has a new secret and rejects the token: look the room up without an identity.
    if (response.status === REFUSAL.badToken) response = await fetch(url);
    const info = (await response.json()) as Partial<RoomInfo>;
    if (info.is) return info as RoomInfo;
    if (response.status === REFUSAL.tooMany) return { is: "tooMany" };
    return { is: response.status === REFUSAL.roomUnknown ? "unknown" : "unreachable" };
  } catch {
    return { is: "unreachable" };
  }
}

/** Disconnects the other tab and resolves to its reconnection token. Rejects with the server's status and text. */
export async function takeOverSeat(endpoint: string, code: string): Promise<string> {
  const url = endpoint + pathTo(ROUTE.takeover, { code });
  const response = await fetch(url, { method: "POST", headers: bearer() });
  const { reconnectionToken, error } = (await response.json()) as Partial<TakeoverAnswer & ErrorAnswer>;
  if (!reconnectionToken) throw Object.assign(new Error(error), { code: response.status });
  return reconnectionToken;
}

/** Rejects when the server does not return the list. */
export async function fetchMaps(endpoint: string): Promise<MapOffer[]> {
  const response = await fetch(endpoint + ROUTE.maps);
  if (!response.ok) throw new Error(`${ROUTE.maps}: the server answered ${response.status}`);
  return (await response.json()) as MapOffer[];
}
