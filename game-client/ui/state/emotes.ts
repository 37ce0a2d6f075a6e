/** Emotes and pings as signals: whether the choice of them is open, what the player wants to show, and pings on the minimap. */
import { signal } from "@preact/signals";
import { EMOTE_NAMES, type EmoteName, PING_NAMES, type PingName } from "#shared/schema/names.ts";
import { isTeamedNow, life } from "./model.ts";

/** `from`: a key pings where the player aims now; a press on a button, where they aimed when they opened the choice. */
export type Wish =
  | { readonly emote: EmoteName }
  | { readonly ping: PingName; readonly from: "key" | "button" };

export interface ShownPing {
  readonly key: number;
  readonly ping: PingName;
  readonly team: number;
  readonly x: number;
  readonly y: number;
}

export const emotesOpen = signal(false);
/** The scene sends it and takes it away. */
export const wished = signal<Wish | undefined>(undefined);
/** The captions of the last seconds; the scene removes old ones. */
export const pings = signal<readonly ShownPing[]>([]);

/** A spectator and a destroyed drone have nothing to show an emote over. */
export const mayEmote = (): boolean => life.value.kind === "alive";

/** The choices in the order of their number keys. Pings need a team. */
export const choices = (from: "key" | "button"): readonly Wish[] => [
  ...EMOTE_NAMES.map((emote) => ({ emote })),
  ...(isTeamedNow.value ? PING_NAMES.map((ping) => ({ ping, from })) : []),
];

/** Shows what was chosen, and closes the choice. */
export function wish(what: Wish | undefined): void {
  if (what && mayEmote()) wished.value = what;
  emotesOpen.value = false;
}
