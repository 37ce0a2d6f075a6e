/** Remembers the reconnection token for this tab, so that a page refresh returns to the same seat. */
import { tabMemory } from "#client/storage.ts";
import { SEAT_KEPT_SEC } from "#shared/config.ts";
import { type ArenaLink, readSettings } from "./arenaLink.ts";
import { isHeldByAnotherTab } from "./seatHolder.ts";

const TOKEN = "fracas.seat";
const KEPT_MS = "fracas.seatKeptMs";
/** Set when the page that was in the seat is gone. A duplicate of a living tab has a copy of its memory without it. */
const LEFT = "fracas.seatLeft";

export interface KeptSeat {
  /** The SDK's reconnection token, "roomId:key". */
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

/** Whether another tab is in the kept seat; `keptSeat` may be a copy of that tab's. */
export async function isHeldElsewhere({ token }: KeptSeat): Promise<boolean> {
  return tabMemory.recall(LEFT) === undefined && isHeldByAnotherTab(token);
}

/** Call when the page goes away. */
export function noteSeatLeft(): void {
  if (keptSeat()) tabMemory.remember(LEFT, "true");
}

export function rememberSeat(room: ArenaLink): void {
  tabMemory.forget(LEFT);
  tabMemory.remember(TOKEN, room.reconnectionToken);
  tabMemory.remember(KEPT_MS, String(seatKeptMs(room)));
}

export function forgetSeat(): void {
  tabMemory.forget(TOKEN);
  tabMemory.forget(KEPT_MS);
  tabMemory.forget(LEFT);
}

/** How long the server keeps a dropped player's seat, as the room's host has set it. */
export function seatKeptMs({ state }: ArenaLink): number {
  return (readSettings(state.settings)?.seatKeptSec ?? SEAT_KEPT_SEC) * 1000;
}
