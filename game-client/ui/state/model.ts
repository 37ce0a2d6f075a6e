/** What the page shows, as signals. Scenes and the connection write them; components only read. */
import { computed, effect, signal } from "@preact/signals";
import type { ArenaCalls } from "#client/arenaCalls.ts";
import type { Obstacle } from "#client/cannotShow.ts";
import type { JoinOutcome, JoinRequest } from "#client/joinRequest.ts";
import type { ProgressCalls } from "#client/progressCalls.ts";
import type { RoomList, RoomLookup } from "#client/roomDirectory.ts";
import type { Outcome } from "#client/ui/room/roomModel.ts";
import type { Arena, HillSpot } from "#shared/arena/arena.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import type { ChatMessage, ClipAnswer, PlaceMessage } from "#shared/protocol/messages.ts";
import type { ReplayLink } from "#shared/replay/link.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import type { ScreeningRequest } from "#shared/replay/screening.ts";
import type { AwardName, FeatName, ModeName, Phase } from "#shared/schema/names.ts";
import type { SpecialName, WeaponName } from "#shared/tuning.ts";

/** The screens before a room. `outcome`: why the player was brought here. */
export type FrontScreen =
  | { kind: "title"; outcome?: JoinOutcome | undefined }
  /** `screening`: the replay that the room is to open with. */
  | {
      kind: "host";
      outcome?: JoinOutcome | undefined;
      screening?: ScreeningRequest | undefined;
      /** The arena that the room is to begin on. */
      map?: MapOffer | undefined;
    }
  | { kind: "browse" }
  /** Type or paste a code. */
  | { kind: "code" }
  /** A room's door. */
  | { kind: "gate"; code: string; outcome?: JoinOutcome | undefined }
  /** `code`: a transfer code from a scanned link; `ticket`: from an OpenID provider. */
  | { kind: "account"; code?: string; ticket?: string }
  /** Plays a recorded match. */
  | { kind: "replay"; link: ReplayLink }
  /** Draws an arena. `key`: of the link for editors; empty without one. */
  | { kind: "editor"; id: string; key: string; outcome?: JoinOutcome | undefined }
  /** The scores of a room over nothing, for streaming software. */
  | { kind: "overlay"; code: string }
  | ReadPage;

/** Pages with an address of their own, which show no arena. */
export type ReadPage =
  | { kind: "player"; name: string }
  | { kind: "match"; id: string }
  | { kind: "career" }
  | { kind: "leaderboard" }
  | { kind: "live" }
  | { kind: "weapons" }
  /** Published arenas, and the visitor's own drafts. */
  | { kind: "arenas" }
  | { kind: "arena"; id: string };

export type Screen =
  | FrontScreen
  | { kind: "joining" }
  | { kind: "playing" }
  /** The connection dropped; the seat is kept until `seatLostAt` (performance.now() clock, ms). */
  | { kind: "dropped"; seatLostAt: number }
  /** The seat is lost: the server restarts, or was unreachable for too long. The page keeps trying to rejoin. */
  | { kind: "restarting" }
  | { kind: "unreachable" }
  | { kind: "cannotShow"; why: Obstacle }
  /** The server has a newer protocol version than the page. */
  | { kind: "stale" };

export interface ScoreLine {
  id: string;
  name: string;
  team: number;
  score: number;
  self: boolean;
  bot: boolean;
  connected: boolean;
  /** Whether the name is an account's. */
  account: boolean;
  kills: number;
  deaths: number;
  assists: number;
  /** Flags captured, or seconds on the hill. */
  objective: number;
  /** 0 for bots, and until it is measured. */
  pingMs: number;
  /** 0 without one. */
  level: number;
  /** The player's look, as in the roster; 0 is plain. */
  look: number;
}

export interface FeedLine {
  key: number;
  weapon: WeaponName;
  /** Id of the killer. */
  by: string;
  killer: { name: string; team: number };
  victim: { name: string; team: number };
  /** The part of the player on this page in it. */
  mine: "killed" | "died" | "none";
  /** The feats that the kill was as well. */
  feats: readonly { readonly feat: FeatName; readonly value: number }[];
}

export type Life =
  | { kind: "alive"; hp: number; shield: number }
  /** A spectator, who has no drone. */
  | { kind: "watching" }
  /** fight.ts `death` has the rest. */
  | { kind: "destroyed"; respawnInSec: number };

/** The abilities of the player's own drone. Shares run from 0 (just used) to 1 (ready). */
export interface Loadout {
  special?: { weapon: SpecialName; ammo: number; readyShare: number };
  dashShare: number;
  haste: boolean;
  overcharge: boolean;
}

export interface SideScore {
  team: number;
  score: number;
  own: boolean;
}

export interface MatchView {
  mode: ModeName;
  map: string;
  phase: Phase;
  /** Until the phase ends; negative in overtime. */
  secondsLeft: number;
  scoreLimit: number;
  /** Empty in a mode without teams. */
  sides: readonly SideScore[];
  objective: readonly Objective[];
  awards: readonly { kind: AwardName; name: string; team: number; value: number }[];
  candidates: readonly { map: string; mode: ModeName; votes: number }[];
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** What the minimap shows: only what the server lets this player see. World px. */
export interface MinimapView {
  readonly arena: Arena;
  readonly self: Spot;
  readonly others: readonly (Spot & { readonly id: string; readonly team: number })[];
  readonly flags: readonly (Spot & { readonly team: number })[];
  readonly hill: HillSpot | undefined;
}

export type Objective =
  /** `whose`: as the player sees it; "nobody" for a spectator, who has no side. */
  | {
      kind: "flag";
      team: number;
      whose: "own" | "theirs" | "nobody";
      where: "home" | "dropped" | "carried";
      carrier: string;
    }
  /** `holder` is "team" for a spectator; `team` is valid while one holds it. */
  | {
      kind: "hill";
      holder: "nobody" | "contested" | "own" | "enemy" | "team";
      team: number;
      movesInSec: number;
    };

/** A hit that the player took, from a direction in radians on the screen. */
export interface Mark {
  readonly key: number;
  readonly fromRad: number;
  /** Place of the own drone: shares of the view's width and height from its middle. */
  readonly at: { readonly x: number; readonly y: number };
}

export interface TouchStick {
  readonly x: number;
  readonly y: number;
  readonly push: { readonly x: number; readonly y: number };
}

export interface TouchSticks {
  readonly move?: TouchStick;
  readonly aim?: TouchStick;
}

/** One sample of the network graph. */
export interface NetGraphRow {
  /** Time stamp of the frame. */
  atMs: number;
  roundTripMs: number;
  jitterMs: number;
  patchIntervalMs: number;
  patchBytes: number;
  downBytesPerSec: number;
  upBytesPerSec: number;
  interpolationMs: number;
  pendingCommands: number;
  /** Distance by which reconciliation moved the drone since the previous row. */
  correctionPx: number;
}

/** Ten seconds at ten rows per second. */
export const NET_GRAPH_ROWS_MAX = 100;

export const screen = signal<Screen>({ kind: "title" });
/** The editor that the page returns to when it leaves a room; undefined: the title. */
export const home = signal<Extract<FrontScreen, { kind: "editor" }> | undefined>(undefined);
/** The live list of rooms, kept up to date while a screen watches it (Intents.watchRooms). */
export const roomList = signal<RoomList>({ kind: "connecting" });
/** When the server will restart (performance.now() clock, ms); undefined unless it has announced a restart. */
export const restartAt = signal<number | undefined>(undefined);
/** When the server takes the place of this player, who does not play; undefined unless it has asked. */
export const idleAt = signal<number | undefined>(undefined);
/** When the picture of a spectator who sees everything late begins; undefined once it is there. */
export const lateUntil = signal<number | undefined>(undefined);
/** Whether a part of the page could not be downloaded. */
export const isPartMissing = signal(false);
export const life = signal<Life>({ kind: "alive", hp: 100, shield: 0 });
export const loadout = signal<Loadout>({ dashShare: 1, haste: false, overcharge: false });
export const match = signal<MatchView | undefined>(undefined);
/** The teams of a mode that has some. */
export const TEAMS = [0, 1] as const;
/** Whether the match that is played now has two sides. */
export const isTeamedNow = computed(() => (match.value?.sides.length ?? 0) > 0);
/** The results are up: nothing that happens in the arena counts any more. */
export const isDecided = computed(() => match.value?.phase === "results");
export const minimap = signal<MinimapView | undefined>(undefined);
/** Newest last; the scene removes faded marks. */
export const marks = signal<readonly Mark[]>([]);
/** The candidate that this player voted for. */
export const ownVote = signal<number | undefined>(undefined);
/** Best first. */
export const scores = signal<readonly ScoreLine[]>([]);
/** Newest last; the scene removes old lines. */
export const feed = signal<readonly FeedLine[]>([]);
/** Smoothed round trip; 0 until it is measured. */
export const pingMs = signal(0);
export const muted = signal(false);
/** Whether the settings are open, over any screen. A fight goes on under them. */
export const settingsOpen = signal(false);
/** Whether the scoreboard is shown: while its key is held, or after a press on a button. */
export const scoresHeld = signal(false);
/** A button of the results opens it, too, and no key's release would take it off the next match, or the next room. */
let wasDecided = false;
effect(() => {
  const isFight = screen.value.kind === "playing" || screen.value.kind === "dropped";
  if (!isFight || (wasDecided && !isDecided.value)) scoresHeld.value = false;
  wasDecided = isDecided.value;
});
/** The sticks with a thumb on them; CSS px in the window, `push` is a vector of length 0 to 1. */
export const touchSticks = signal<TouchSticks>({});
/** A replay over the arena: undefined while none is open. */
export const shownReplay = signal<"plays" | "stands" | undefined>(undefined);
/** Whether the network graph is open; while it is closed, the scene pushes no rows. */
export const netGraphOpen = signal(false);
/** Oldest first, at most NET_GRAPH_ROWS_MAX. */
export const netGraphRows = signal<readonly NetGraphRow[]>([]);

/** What a player can ask for by pressing a button. */
export interface Intents {
  /** Asks the server about what lasts. */
  readonly lasting: ProgressCalls;
  /** Asks the server about arenas that people bring, draw and publish. */
  readonly arenas: ArenaCalls;
  /** Joins a room. */
  enter(name: string, request: JoinRequest): void;
  open(front: FrontScreen): void;
  /** Goes back to the page from which this one was opened, else to the title. */
  back(): void;
  lookUp(code: string): Promise<RoomLookup>;
  /** Rejects when the list cannot be fetched. */
  listMaps(): Promise<MapOffer[]>;
  /** Rejects when the map cannot be fetched or read. */
  fetchArena(map: string): Promise<Arena>;
  /** Keeps `roomList` up to date until the returned function is called. */
  watchRooms(): () => void;
  /** Keeps `liveView` up to date until the returned function is called. `code`: of one room; empty for the list. */
  watchLive(code: string): () => void;
  leave(): void;
  /** Tries the server again, on the screen "unreachable". */
  retry(): void;
  /** Resolves to false, without a reload, if the server does not answer. */
  reload(): Promise<boolean>;
  setMuted(muted: boolean): void;
  /** Votes for what is played next; `choice` is an index into the match's candidates. */
  vote(choice: number): void;
  /** Only the room's host and co-hosts may ask for it. */
  host(action: HostAction): Promise<Outcome>;
  /** Resolves to undefined if there is no such replay, or it cannot be fetched. */
  findReplay(link: ReplayLink): Promise<ScreeningRequest | undefined>;
  /** Moves the player to a side, or among the spectators. */
  place(place: PlaceMessage): Promise<Outcome>;
  say(message: ChatMessage): Promise<Outcome>;
  /** Asks the room which replay has what the player sees now. */
  clip(): Promise<ClipAnswer | { ok: false; reason: "noAnswer" }>;
  /** Rejects when there is no such replay, or not yet. */
  replayInfo(id: string): Promise<ReplayInfo>;
  /** Called on every press: plays a click, and starts audio where the browser waited for a press. */
  pressed(): void;
}
