/** What the server says of a room before one is in it, and of the maps that a room can be played on. */
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

/** Never rejects. */
export async function lookUpRoom(endpoint: string, code: string): Promise<RoomLookup> {
  if (!isRoomCode(code)) return { is: "unknown" };
  const url = endpoint + pathTo(ROUTE.room, { code });
  try {
    let response = await fetch(url, { headers: bearer() });
    // Of a server that forgot its secret: the room can be seen by nobody in particular.
    if (response.status === REFUSAL.badToken) response = await fetch(url);
    const info = (await response.json()) as Partial<RoomInfo>;
    if (info.is) return info as RoomInfo;
    if (response.status === REFUSAL.tooMany) return { is: "tooMany" };
    return { is: response.status === REFUSAL.roomUnknown ? "unknown" : "unreachable" };
  } catch {
    return { is: "unreachable" };
  }
}

/** Ends the other tab's connection; resolves to the key of its seat. Rejects with the server's status and words. */
export async function takeOverSeat(endpoint: string, code: string): Promise<string> {
  const url = endpoint + pathTo(ROUTE.takeover, { code });
  const response = await fetch(url, { method: "POST", headers: bearer() });
  const { reconnectionToken, error } = (await response.json()) as Partial<TakeoverAnswer & ErrorAnswer>;
  if (!reconnectionToken) throw Object.assign(new Error(error), { code: response.status });
  return reconnectionToken;
}

/** Rejects when the server has no such list. */
export async function fetchMaps(endpoint: string): Promise<MapOffer[]> {
  const response = await fetch(endpoint + ROUTE.maps);
  if (!response.ok) throw new Error(`${ROUTE.maps}: the server answered ${response.status}`);
  return (await response.json()) as MapOffer[];
}
