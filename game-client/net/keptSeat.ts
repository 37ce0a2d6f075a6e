/** The key to the seat, for this tab only: a refresh gets the same place back. And how long the server keeps it. */
import { tabMemory } from "#client/storage.ts";
import { SEAT_KEPT_SEC } from "#shared/config.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { ArenaLink } from "./connection.ts";

const TOKEN = "fracas.seat";
const KEPT_MS = "fracas.seatKeptMs";

export interface KeptSeat {
  /** The SDK's: room and key. */
  token: string;
  code: string;
  keptMs: number;
}

export function keptSeat(): KeptSeat | undefined {
  const token = tabMemory.recall(TOKEN);
  if (!token) return undefined;
  const keptMs = Number(tabMemory.recall(KEPT_MS)) || SEAT_KEPT_SEC * 1000;
  return { token, code: token.split(":")[0] ?? "", keptMs };
}

export function rememberSeat(room: ArenaLink): void {
  tabMemory.remember(TOKEN, room.reconnectionToken);
  tabMemory.remember(KEPT_MS, String(seatKeptMs(room)));
}

export function forgetSeat(): void {
  tabMemory.forget(TOKEN);
  tabMemory.forget(KEPT_MS);
}

/** As the room's host has set it. */
export function seatKeptMs({ state }: ArenaLink): number {
  const { settings } = state;
  const { seatKeptSec = SEAT_KEPT_SEC } = settings ? (JSON.parse(settings) as Partial<RoomSettings>) : {};
  return seatKeptSec * 1000;
}
