/** What a spectator watches. The arena scene and the page's buttons both change it. */
import { signal } from "@preact/signals";
import { recordedPeople, room } from "./roomModel.ts";

export interface Watching {
  /** The room's settings decide: "follow" shows a player's view, "delayed" is a free camera ten seconds late. */
  mode: "follow" | "delayed";
}

/** Undefined for a player. */
export const watching = signal<Watching | undefined>(undefined);
/** The followed player's seat key; empty for the free camera, or when there is no player. */
export const followed = signal("");

/** The players to follow, in the order of the people list. */
const players = () =>
  (recordedPeople.value ?? room.value?.people ?? []).filter(({ spectating }) => !spectating);

/** How much of the picture's foot the controls of a replay cover, CSS px. */
export const coveredPx = signal(0);

/** Whether the room stands still because nobody plays. */
export const isStill = signal(false);

/** Follows the next (1) or previous (-1) player, wrapping around. */
export function followNext(step: 1 | -1): void {
  const all = players();
  if (all.length === 0) return;
  const place = all.findIndex(({ id }) => id === followed.value);
  const next = place < 0 ? (step > 0 ? 0 : all.length - 1) : (place + step + all.length) % all.length;
  followed.value = all[next]?.id ?? "";
}

export const followedPerson = () => players().find(({ id }) => id === followed.value);
