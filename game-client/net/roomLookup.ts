/** HTTP requests about rooms and maps that need no seat. */
import type { MapOffer, RoomLookup } from "#client/roomDirectory.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import type { RoomInfo } from "#shared/protocol/roomInfo.ts";
import { recallIdentity } from "./identity.ts";

const bearer = (): HeadersInit => {
  const token = recallIdentity();
  return token ? { authorization: `Bearer ${token}` } : {};
};

const pathOf = (endpoint: string, code: string) => `${endpoint}/api/rooms/${encodeURIComponent(code)}`;

/** Never rejects: failures are a kind of answer. */
export async function lookUpRoom(endpoint: string, code: string): Promise<RoomLookup> {
  if (!isRoomCode(code)) return { is: "unknown" };
  try {
    let response = await fetch(pathOf(endpoint, code), { headers: bearer() });
    // The server has a new secret and rejects the token: look the room up without an identity.
    if (response.status === REFUSAL.badToken) response = await fetch(pathOf(endpoint, code));
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
  const response = await fetch(`${pathOf(endpoint, code)}/takeover`, { method: "POST", headers: bearer() });
  const { reconnectionToken, error } = (await response.json()) as {
    reconnectionToken?: string;
    error?: string;
  };
  if (!reconnectionToken) throw Object.assign(new Error(error), { code: response.status });
  return reconnectionToken;
}

/** Rejects when the server does not return the list. */
export async function fetchMaps(endpoint: string): Promise<MapOffer[]> {
  const response = await fetch(`${endpoint}/api/maps`);
  if (!response.ok) throw new Error(`/api/maps: the server answered ${response.status}`);
  return (await response.json()) as MapOffer[];
}
