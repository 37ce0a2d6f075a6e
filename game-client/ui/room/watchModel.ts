/** What a spectator looks at. The scene's eye and the page's buttons both change it. */
import { signal } from "@preact/signals";
import { room } from "./roomModel.ts";

export interface Watching {
  /** As the room's settings say: through a player's eyes, or anywhere, ten seconds late. */
  mode: "follow" | "delayed";
}

/** Undefined for who plays. */
export const watching = signal<Watching | undefined>(undefined);
/** Key of the seat that is followed; empty for the free camera, or when there is nobody. */
export const followed = signal("");

/** Whom one can follow, in the order of the list. */
const players = () => room.value?.people.filter(({ spectating }) => !spectating) ?? [];

/** To the next or the previous player, round and round. */
export function followNext(step: 1 | -1): void {
  const all = players();
  if (all.length === 0) return;
  const place = all.findIndex(({ id }) => id === followed.value);
  const next = place < 0 ? (step > 0 ? 0 : all.length - 1) : (place + step + all.length) % all.length;
  followed.value = all[next]?.id ?? "";
}

export const followedPerson = () => players().find(({ id }) => id === followed.value);
