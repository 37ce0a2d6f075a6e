/** What the page shows, as signals. Scenes and the connection write them; components only read. */

import { computed, signal } from "@preact/signals";
import type { JoinOutcome, JoinRequest } from "#client/joinRequest.ts";
import type { MapOffer, RoomList, RoomLookup } from "#client/roomDirectory.ts";
import type { Outcome } from "#client/ui/room/roomModel.ts";
import type { Arena, HillSpot } from "#shared/arena/arena.ts";
import type { AwardName } from "#shared/modes/awards.ts";
import type { Phase } from "#shared/modes/match.ts";
import type { ModeName } from "#shared/modes/modes.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import type { ChatMessage, PlaceMessage } from "#shared/protocol/messages.ts";
import type { SpecialName, WeaponName } from "#shared/tuning.ts";

/** The screens before a room. `outcome`: why the player was brought here. */
export type FrontScreen =
  | { kind: "title"; outcome?: JoinOutcome | undefined }
  | { kind: "host"; outcome?: JoinOutcome | undefined }
  | { kind: "browse" }
  /** Type or paste a code. */
  | { kind: "code" }
  /** A room's door. */
  | { kind: "gate"; code: string; outcome?: JoinOutcome | undefined };

export type Screen =
  | FrontScreen
  | { kind: "joining" }
  | { kind: "playing" }
  /** The connection dropped; the seat is kept until `seatLostAt` (performance.now() clock, ms). */
  | { kind: "dropped"; seatLostAt: number }
  /** The seat is gone: the server restarts, or was out of reach for too long. The page keeps trying by itself. */
  | { kind: "restarting" }
  | { kind: "unreachable"; reason: string }
  /** The page is older than the server. */
  | { kind: "stale" };

export interface ScoreLine {
  id: string;
  name: string;
  team: number;
  score: number;
  self: boolean;
  bot: boolean;
  connected: boolean;
}

export interface FeedLine {
  key: number;
  weapon: WeaponName;
  killer: { name: string; team: number };
  victim: { name: string; team: number };
  /** Whether the player on this page is in it. */
  mine: "killed" | "died" | "none";
}

export type Life =
  | { kind: "alive"; hp: number; shield: number }
  /** Has no drone. */
  | { kind: "watching" }
  /** `killer` is empty when nobody is known to have done it. */
  | { kind: "destroyed"; killer: string; weapon?: WeaponName | undefined; respawnInSec: number };

/** What the own drone can do now. Shares run from 0 (just used) to 1 (ready). */
export interface Loadout {
  special?: { weapon: SpecialName; ammo: number; readyShare: number };
  dashShare: number;
  haste: boolean;
  overcharge: boolean;
}

/** One of two sides, as the head of the HUD shows it. */
export interface SideScore {
  team: number;
  score: number;
  own: boolean;
}

export interface MatchView {
  mode: ModeName;
  map: string;
  phase: Phase;
  /** Of the phase; what is over it is overtime. */
  secondsLeft: number;
  scoreLimit: number;
  /** Empty where everybody is a team of one. */
  sides: readonly SideScore[];
  /** Of the flags and the hill, in words of STRINGS.objective. */
  objective: readonly Objective[];
  awards: readonly { kind: AwardName; name: string; team: number; value: number }[];
  candidates: readonly { map: string; mode: ModeName; votes: number }[];
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The arena from above, with what the server lets this player see of it; px of the world. */
export interface MinimapView {
  readonly arena: Arena;
  readonly self: Spot;
  readonly others: readonly (Spot & { readonly id: string; readonly team: number })[];
  readonly flags: readonly (Spot & { readonly team: number })[];
  readonly hill: HillSpot | undefined;
}

export type Objective =
  | { kind: "flag"; team: number; own: boolean; where: "home" | "dropped" | "carried"; carrier: string }
  | { kind: "hill"; holder: "nobody" | "contested" | "own" | "enemy"; movesInSec: number };

/** A hit of one's own, or one that was taken: from where, radians on screen. */
export type Mark =
  | { key: number; kind: "dealt" | "killed" }
  | { key: number; kind: "taken"; fromRad: number };

export interface TouchStick {
  readonly x: number;
  readonly y: number;
  readonly push: { readonly x: number; readonly y: number };
}

export interface TouchSticks {
  readonly move?: TouchStick;
  readonly aim?: TouchStick;
}

/** One moment of the net graph. */
export interface NetGraphRow {
  /** The frame's time stamp, ms. */
  atMs: number;
  roundTripMs: number;
  jitterMs: number;
  patchIntervalMs: number;
  patchBytes: number;
  downBytesPerSec: number;
  upBytesPerSec: number;
  interpolationMs: number;
  pendingCommands: number;
  /** 0 when nothing was corrected since the row before. */
  correctionPx: number;
}

/** Ten seconds of ten rows. */
export const NET_GRAPH_ROWS_MAX = 100;

export const screen = signal<Screen>({ kind: "title" });
/** The live list of rooms, kept up to date while a screen watches it (Intents.watchRooms). */
export const roomList = signal<RoomList>({ kind: "connecting" });
/** When the server is going to restart (performance.now() clock, ms), once it has said so. */
export const restartAt = signal<number | undefined>(undefined);
export const life = signal<Life>({ kind: "alive", hp: 100, shield: 0 });
export const loadout = signal<Loadout>({ dashShare: 1, haste: false, overcharge: false });
export const match = signal<MatchView | undefined>(undefined);
/** Whether the match that is played now has two sides. */
export const isTeamedNow = computed(() => (match.value?.sides.length ?? 0) > 0);
/** The results are up: nothing that happens in the arena counts any more. */
export const isDecided = computed(() => match.value?.phase === "results");
export const minimap = signal<MinimapView | undefined>(undefined);
/** Newest last; the scene drops those that have faded. */
export const marks = signal<readonly Mark[]>([]);
/** What this player voted for. */
export const ownVote = signal<number | undefined>(undefined);
/** Best first. */
export const scores = signal<readonly ScoreLine[]>([]);
/** Newest last; the scene drops lines that have been up long enough. */
export const feed = signal<readonly FeedLine[]>([]);
/** Smoothed round trip, ms; 0 before it is known. */
export const pingMs = signal(0);
export const muted = signal(false);
/** The settings lie over whatever screen there is; a fight goes on underneath. */
export const settingsOpen = signal(false);
/** The scoreboard's key is down. */
export const scoresHeld = signal(false);
/** Sticks under thumbs; CSS px in the window, `push` from 0 to 1 (out). */
export const touchSticks = signal<TouchSticks>({});
/** Whether the net graph is up; while it is not, the scene pushes no rows. */
export const netGraphOpen = signal(false);
/** Oldest first, `NET_GRAPH_ROWS_MAX` at most. */
export const netGraphRows = signal<readonly NetGraphRow[]>([]);

/** What a player can ask for by pressing something. */
export interface Intents {
  /** Joins a room. */
  enter(name: string, request: JoinRequest): void;
  open(front: FrontScreen): void;
  lookUp(code: string): Promise<RoomLookup>;
  /** Rejects when the list cannot be fetched. */
  listMaps(): Promise<MapOffer[]>;
  /** Keeps `roomList` up to date until the returned function is called. */
  watchRooms(): () => void;
  leave(): void;
  /** Try the server again, from "unreachable". */
  retry(): void;
  reload(): void;
  setMuted(muted: boolean): void;
  /** For what is played next: a candidate's place in the list. */
  vote(choice: number): void;
  /** For the room's host and co-hosts. */
  host(action: HostAction): Promise<Outcome>;
  /** To a side, or among the spectators. */
  place(place: PlaceMessage): Promise<Outcome>;
  say(message: ChatMessage): Promise<Outcome>;
  /** Any button was pressed: a click sound, and the browser lets audio start. */
  pressed(): void;
}
