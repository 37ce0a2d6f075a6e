/**
 * The people whom this player has muted in the room, for this tab. Kept by seat, and by name for when they come back to
 * another seat; a room's names are unique.
 */
import { signal } from "@preact/signals";
import { tabMemory } from "#client/storage.ts";

/** Seat keys and names together. */
export const mutedHere = signal<ReadonlySet<string>>(new Set());

const KEY = "fracas.mutedHere";
let room = "";

/** Call on entering a room. */
export function recallMuted(code: string): void {
  room = code;
  mutedHere.value = new Set(readAll()[code] ?? []);
}

export function setMutedHere({ id, name }: { id: string; name: string }, muted: boolean): void {
  const next = new Set(mutedHere.value);
  for (const key of [id, name]) {
    if (muted) next.add(key);
    else next.delete(key);
  }
  mutedHere.value = next;
  tabMemory.remember(KEY, JSON.stringify({ [room]: [...next] }));
}

export const isMutedHere = ({ id, name }: { id: string; name: string }): boolean =>
  mutedHere.value.has(id) || mutedHere.value.has(name);

function readAll(): Record<string, string[] | undefined> {
  try {
    return JSON.parse(tabMemory.recall(KEY) ?? "{}") as Record<string, string[]>;
  } catch {
    return {};
  }
}
