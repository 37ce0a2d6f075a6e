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
import { knownIdentity, withIdentity } from "./identity.ts";

/** Resolves to the server's answer; rejects with its status as `code` and its text. */
async function ask<Answer>(url: string, method: "GET" | "POST", token: string | undefined): Promise<Answer> {
  const headers: HeadersInit = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(url, { method, headers });
  const answer = (await response.json()) as Answer & Partial<ErrorAnswer>;
  if (!response.ok) throw Object.assign(new Error(answer.error), { code: response.status });
  return answer;
}

/** Never rejects: failures are a kind of answer. */
export async function lookUpRoom(endpoint: string, code: string): Promise<RoomLookup> {
  if (!isRoomCode(code)) return { is: "unknown" };
  const url = endpoint + pathTo(ROUTE.room, { code });
  try {
    return await withIdentity(
      () => knownIdentity(endpoint),
      (token) => ask<RoomInfo>(url, "GET", token),
    );
  } catch (error) {
    const status = (error as { code?: unknown }).code;
    if (status === REFUSAL.tooMany) return { is: "tooMany" };
    return { is: status === REFUSAL.roomUnknown ? "unknown" : "unreachable" };
  }
}

/** Disconnects the other tab and resolves to its reconnection token. Rejects with the server's status and text. */
export async function takeOverSeat(endpoint: string, code: string, token: string | undefined) {
  const url = endpoint + pathTo(ROUTE.takeover, { code });
  const { reconnectionToken } = await ask<TakeoverAnswer>(url, "POST", token);
  return reconnectionToken;
}

/** The map's Tiled file, parsed as JSON. Rejects with an Error that holds the server's status. */
export async function fetchMap(name: string, priority: RequestPriority = "auto"): Promise<unknown> {
  const url = pathTo(ROUTE.map, { name });
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
