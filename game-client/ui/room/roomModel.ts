/** What the page knows of the room that it is in, beside the fight. scenes/roomFeed.ts writes it; components only read. */
import { computed, signal } from "@preact/signals";
import type { Answer } from "#shared/protocol/answer.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { RANK } from "#shared/schema/state.ts";

export interface Person {
  /** Key of the seat: a session id, or a bot's own. */
  id: string;
  name: string;
  team: number;
  bot: boolean;
  connected: boolean;
  spectating: boolean;
  /** One of RANK. */
  rank: number;
  /** By the host: nobody hears this one. */
  muted: boolean;
  self: boolean;
}

export interface RoomView {
  /** Its id; what others type to come in. */
  code: string;
  hosted: boolean;
  held: boolean;
  paused: boolean;
  locked: boolean;
  password: boolean;
  /** As its host has set it; what is played may be older. */
  settings: RoomSettings;
  /** Who runs it first, bots last. */
  people: readonly Person[];
}

/** What became of a request; the page has words for each reason. */
export type Outcome = Answer | { ok: false; reason: "noAnswer"; waitMs?: number };

export const room = signal<RoomView | undefined>(undefined);
/** The panel lies over the fight, which goes on underneath. */
export const roomOpen = signal(false);
/** Who paused the match; empty when it was before this page came. */
export const pausedBy = signal("");

export const ownSeat = computed(() => room.value?.people.find(({ self }) => self));
export const ownRank = computed(() => ownSeat.value?.rank ?? RANK.player);
/** Host and co-hosts run the match, the people and the settings. */
export const mayHost = computed(() => (room.value?.hosted ?? false) && ownRank.value >= RANK.cohost);
export const host = computed(() => room.value?.people.find(({ rank }) => rank === RANK.host));

/** What others open to come here. */
export const linkTo = (code: string): string => `${location.origin}/r/${code}`;
