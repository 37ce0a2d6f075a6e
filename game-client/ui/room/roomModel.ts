/** What the page knows of its room, beside the fight, as signals. scenes/roomFeed.ts writes them; components only read. */
import { computed, signal } from "@preact/signals";
import type { Answer } from "#shared/protocol/answer.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { RANK } from "#shared/schema/state.ts";

export interface Person {
  /** The seat's key: a session id, or a bot's own id. */
  id: string;
  name: string;
  team: number;
  bot: boolean;
  /** Whether the name is an account's, which has a page. */
  account: boolean;
  connected: boolean;
  spectating: boolean;
  /** One of RANK. */
  rank: number;
  /** Muted for everybody, by the host. */
  muted: boolean;
  /** Whether this is the player on this page. */
  self: boolean;
}

export interface RoomView {
  /** The room's id, which friends type to join. */
  code: string;
  hosted: boolean;
  held: boolean;
  paused: boolean;
  locked: boolean;
  password: boolean;
  /** As the host has set them; some take effect only in the next match. */
  settings: RoomSettings;
  /** Host and co-hosts first, bots last. */
  people: readonly Person[];
}

/** What became of a request; STRINGS.room.refused has a text for each reason. */
export type Outcome = Answer | { ok: false; reason: "noAnswer"; waitMs?: number };

export const room = signal<RoomView | undefined>(undefined);
/** Those in a replay that the room watches: the room's own people are its viewers. */
export const recordedPeople = signal<readonly Person[] | undefined>(undefined);
/** Whether the panel is open. The fight goes on under it. */
export const roomOpen = signal(false);
/** Name of the player who paused the match; empty if that was before this page joined. */
export const pausedBy = signal("");

export const ownSeat = computed(() => room.value?.people.find(({ self }) => self));
export const ownRank = computed(() => ownSeat.value?.rank ?? RANK.player);
/** Host and co-hosts control the match, the people and the settings. */
export const mayHost = computed(() => (room.value?.hosted ?? false) && ownRank.value >= RANK.cohost);
export const host = computed(() => room.value?.people.find(({ rank }) => rank === RANK.host));

/** The address that opens the room. */
export const linkTo = (code: string): string => location.origin + pathTo(ROUTE.roomPage, { code });
