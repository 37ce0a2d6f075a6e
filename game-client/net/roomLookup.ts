/** HTTP requests about rooms and maps that need no seat. */
import type { RoomLookup } from "#client/roomDirectory.ts";
import {
  type MapOffer,
  mapPath,
  pathTo,
  ROUTE,
  type RoomInfo,
  type TakeoverAnswer,
} from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import { askJson, HttpError } from "./http.ts";
import { knownIdentity, withIdentity } from "./identity.ts";

/** Never rejects: failures are a kind of answer. */
export async function lookUpRoom(endpoint: string, code: string): Promise<RoomLookup> {
  if (!isRoomCode(code)) return { is: "unknown" };
  const url = endpoint + pathTo(ROUTE.room, { code });
  try {
    return await withIdentity(
      () => knownIdentity(endpoint),
      (token) => askJson<RoomInfo>(url, { token }),
    );
  } catch (error) {
    const status = error instanceof HttpError ? error.code : undefined;
    if (status === REFUSAL.tooMany) return { is: "tooMany" };
    return { is: status === REFUSAL.roomUnknown ? "unknown" : "unreachable" };
  }
}

/** Disconnects the other tab and resolves to its reconnection token. Rejects with an HttpError. */
export async function takeOverSeat(endpoint: string, code: string, token: string | undefined) {
  const url = endpoint + pathTo(ROUTE.takeover, { code });
  const { reconnectionToken } = await askJson<TakeoverAnswer>(url, { method: "POST", token });
  return reconnectionToken;
}

/** The map's Tiled file, parsed as JSON. Rejects with an Error that holds the server's status. */
export async function fetchMap(name: string, priority: RequestPriority = "auto"): Promise<unknown> {
  const url = mapPath(name);
  const response = await fetch(url, { priority });
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`);
  return response.json();
}

/** Rejects when the server does not return the list. */
export async function fetchMaps(endpoint: string): Promise<MapOffer[]> {
  const response = await fetch(endpoint + ROUTE.maps);
  if (!response.ok) throw new Error(`${ROUTE.maps}: the server answered ${response.status}`);
  return (await response.json()) as MapOffer[];
}
