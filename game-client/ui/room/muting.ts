/** Whom this player does not want to hear: for this room and this tab, by seat, and by name for when they come anew. */
import { signal } from "@preact/signals";
import { tabMemory } from "#client/storage.ts";

/** Names and seats alike; a room's names are unique. */
export const mutedHere = signal<ReadonlySet<string>>(new Set());

const KEY = "fracas.mutedHere";
let room = "";

/** Call when a room is entered. */
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
