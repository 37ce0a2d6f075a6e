/** Messages of an arena room: everything on its connection that is neither state nor command. */
import { z } from "zod";
import { EMOTE_NAMES, type FeatName, PING_NAMES } from "#shared/schema/names.ts";
import { CHAT_MAX_CHARS, CHAT_RATE, CHAT_SCOPES, PHRASES } from "./chat.ts";
import type { PackedEvent } from "./eventCodec.ts";
import { MESSAGE } from "./names.ts";
import type { ResultNews } from "./progress.ts";
import type { SettingName } from "./roomSettings.ts";

/** Server → client under MESSAGE.event: the events of a tick that this client could see or hear. */
export interface EventMessage {
  tick: number;
  events: PackedEvent[];
}

/** Actions of a host on the match, or on a replay that the room watches. */
export type MatchAction = "start" | "pause" | "resume" | "end" | "restart" | "screen" | "screenEnd";

/** Server → client under MESSAGE.notice, to everyone in the room unless said otherwise. Names are those of the roster. */
export type Notice =
  /** The server restarts in `inMs`; the connection then ends with CLOSE.restarting. */
  | { type: "restarting"; inMs: number }
  /** The room failed and ends now. */
  | { type: "roomFailed" }
  | { type: "joined"; name: string; spectating: boolean }
  | { type: "left"; name: string; why: "left" | "kicked" | "banned" | "idle" }
  /** A player's connection dropped; the seat is kept. */
  | { type: "away"; name: string }
  /** A dropped player reconnected. */
  | { type: "back"; name: string }
  /** The room's new host. */
  | { type: "host"; name: string }
  /** The host changed these settings; those in `next` apply from the next match. */
  | { type: "settings"; by: string; now: SettingName[]; next: SettingName[] }
  | { type: "match"; by: string; did: MatchAction }
  /** The arena of the settings was removed, or cannot be had: the room plays on another map. */
  | { type: "mapGone" }
  /** To one player: without a change of the controls the place goes to others in `inMs` (CLOSE.idle): at once in a public room, when
   * somebody asks for one in vain in a hosted room. */
  | { type: "idle"; inMs: number }
  /** To a player who was asked by "idle", and plays on. */
  | { type: "active" }
  /** To one spectator: what they see begins in `inMs`, because they see everything late. */
  | { type: "late"; inMs: number }
  /** Nobody plays, and the room stands still; or it goes on. */
  | { type: "still"; isStill: boolean }
  /** To each player of a match that has ended: what became of its result. */
  | { type: "result"; news: ResultNews }
  /** To each player when the results show: their own part in the match. */
  | { type: "summary"; summary: PlayerSummary };

/** One player's part in the match that has just ended. */
export interface PlayerSummary {
  /** 1 is the best; in a mode of sides, among all players by score. */
  place: number;
  players: number;
  score: number;
  kills: number;
  deaths: number;
  assists: number;
  /** Hits a shot, 0 to 1; 0 without a shot. */
  accuracy: number;
  damage: number;
  bestStreak: number;
  /** Who destroyed the player most often, and whom the player destroyed most often; null below two times. */
  nemesis: { name: string; times: number } | null;
  favourite: { name: string; times: number } | null;
  feats: Partial<Record<FeatName, number>>;
}

/** Token bucket for one kind of message: `burst` at once, `perSec` sustained. */
export interface MessageRate {
  burst: number;
  perSec: number;
}

/** Emotes and pings of one player, together. */
export const EMOTE_RATE: MessageRate = { burst: 3, perSec: 0.5 };

/**
 * Client → server messages by name, with their limits. The server closes a connection that sends any other message
 * (CLOSE.badFrame) or exceeds a limit (CLOSE.tooFast). The limits are far above what a person does; those of chat and
 * emotes are above CHAT_RATE and EMOTE_RATE, whose excess the room answers instead.
 */
export const CLIENT_MESSAGES: Readonly<Record<string, MessageRate>> = {
  [MESSAGE.vote]: { burst: 6, perSec: 1 },
  [MESSAGE.chat]: { burst: 4 * CHAT_RATE.burst, perSec: 4 },
  [MESSAGE.host]: { burst: 20, perSec: 4 },
  [MESSAGE.place]: { burst: 6, perSec: 1 },
  [MESSAGE.follow]: { burst: 10, perSec: 4 },
  [MESSAGE.emote]: { burst: 4 * EMOTE_RATE.burst, perSec: 4 },
  [MESSAGE.drift]: { burst: 3, perSec: 0.1 },
  [MESSAGE.clip]: { burst: 10, perSec: 1 },
};

/** Client → server under MESSAGE.vote: index into the state's candidates. */
export const VoteMessage = z.object({ choice: z.int().min(0).max(7) });
export type VoteMessage = z.infer<typeof VoteMessage>;

/** Client → server, a request under MESSAGE.place, answered with an Answer. Without a team the server chooses one. */
export const PlaceMessage = z.union([
  z.object({ to: z.literal("spectators") }),
  z.object({ to: z.literal("players"), team: z.int().min(0).max(1).optional() }),
]);
export type PlaceMessage = z.infer<typeof PlaceMessage>;

const scope = z.enum(CHAT_SCOPES);

/** Client → server, a request under MESSAGE.chat, answered with an Answer. */
export const ChatMessage = z.union([
  z.object({ scope, text: z.string().max(8 * CHAT_MAX_CHARS) }),
  z.object({ scope, phrase: z.enum(PHRASES) }),
]);
export type ChatMessage = z.infer<typeof ChatMessage>;

/** Client → server under MESSAGE.follow: the seat through whose eyes a spectator sees. */
export const FollowMessage = z.object({ seat: z.string().max(32) });
export type FollowMessage = z.infer<typeof FollowMessage>;

/** Larger than any arena, world px; the room takes places in the sender's view only. */
const PLACE_MAX_PX = 65_535;
const place = z.int().min(0).max(PLACE_MAX_PX);

/** Client → server under MESSAGE.emote, also as a request, answered with an Answer. */
export const EmoteMessage = z.union([
  z.object({ emote: z.enum(EMOTE_NAMES) }),
  z.object({ ping: z.enum(PING_NAMES), x: place, y: place }),
]);
export type EmoteMessage = z.infer<typeof EmoteMessage>;

/** A page sends one drift in this time at most. */
export const DRIFT_EVERY_MS = 60_000;

/** Client → server under MESSAGE.drift: by how far a patch has corrected the own drone, px. */
export const DriftMessage = z.object({ px: z.number().min(0).max(PLACE_MAX_PX) });
export type DriftMessage = z.infer<typeof DriftMessage>;
/** Client → server, a request under MESSAGE.clip, answered with a ClipAnswer. */
export const ClipRequest = z.object({});

/**
 * `atMs`: the moment that the sender sees, since the beginning of the replay `id`, which can be watched once its match is
 * over. "notRecorded": the room records nothing, or has not begun to.
 */
export type ClipAnswer = { ok: true; id: string; atMs: number } | { ok: false; reason: "notRecorded" };
