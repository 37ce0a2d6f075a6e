/** Shapes of the messages that are not state and not input. */
import { z } from "zod";
import { CHAT_MAX_CHARS, CHAT_RATE, CHAT_SCOPES, PHRASES } from "./chat.ts";
import type { PackedEvent } from "./eventCodec.ts";
import { MESSAGE } from "./names.ts";
import type { SettingName } from "./roomSettings.ts";

/** Server → client under MESSAGE.event: what happened in a tick, of what this client may see or hear. */
export interface EventMessage {
  tick: number;
  events: PackedEvent[];
}

/** Server → client under MESSAGE.notice: what everybody in the room is told. Names are as the room shows them. */
export type Notice =
  /** The server restarts in so many ms; the connection then ends with CLOSE.restarting. */
  | { type: "restarting"; inMs: number }
  /** The room failed and ends now. */
  | { type: "roomFailed" }
  | { type: "joined"; name: string; spectating: boolean }
  | { type: "left"; name: string; why: "left" | "kicked" | "banned" }
  /** The connection is gone, the seat is kept. */
  | { type: "away"; name: string }
  | { type: "back"; name: string }
  /** Who runs the room from now on. */
  | { type: "host"; name: string }
  /** `next`: in force with the next match. */
  | { type: "settings"; by: string; now: SettingName[]; next: SettingName[] }
  | { type: "match"; by: string; did: "start" | "pause" | "resume" | "end" | "restart" };

/** How often a client may send one kind of message: so many at once, and so many a second for long. */
export interface MessageRate {
  burst: number;
  perSec: number;
}

/**
 * Client → server, by name; what is not here is refused. Who is faster is cut: far above what a person does, and of
 * chat above what the room itself takes, for that answers.
 */
export const CLIENT_MESSAGES: Readonly<Record<string, MessageRate>> = {
  [MESSAGE.vote]: { burst: 6, perSec: 1 },
  [MESSAGE.chat]: { burst: 4 * CHAT_RATE.burst, perSec: 4 },
  [MESSAGE.host]: { burst: 20, perSec: 4 },
  [MESSAGE.place]: { burst: 6, perSec: 1 },
  [MESSAGE.follow]: { burst: 10, perSec: 4 },
};

/** Client → server under MESSAGE.vote: which of the state's candidates shall be next. */
export const VoteMessage = z.object({ choice: z.int().min(0).max(7) });
export type VoteMessage = z.infer<typeof VoteMessage>;

/** Client → server, a request under MESSAGE.place, answered with an Answer. No team: where there is room. */
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

/** Client → server under MESSAGE.follow: through whose eyes a spectator looks. */
export const FollowMessage = z.object({ seat: z.string().max(32) });
export type FollowMessage = z.infer<typeof FollowMessage>;
