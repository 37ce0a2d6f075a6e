/** Shapes of the messages that are not state and not input. */
import { z } from "zod";
import type { PackedEvent } from "./eventCodec.ts";
import { MESSAGE } from "./names.ts";

/** Server → client under MESSAGE.event: what happened in a tick, of what this client may see or hear. */
export interface EventMessage {
  tick: number;
  events: PackedEvent[];
}

/** Server → client under MESSAGE.notice: what everybody in the room is told. */
export type Notice =
  /** The server restarts in so many ms; the connection then ends with CLOSE.restarting. */
  | { type: "restarting"; inMs: number }
  /** The room failed and ends now. */
  | { type: "roomFailed" };

/** How often a client may send one kind of message: so many at once, and so many a second for long. */
export interface MessageRate {
  burst: number;
  perSec: number;
}

/** Client → server, by name; what is not here is refused. */
export const CLIENT_MESSAGES: Readonly<Record<string, MessageRate>> = {
  [MESSAGE.vote]: { burst: 6, perSec: 1 },
};

/** Client → server under MESSAGE.vote: which of the state's candidates shall be next. */
export const VoteMessage = z.object({ choice: z.int().min(0).max(7) });
export type VoteMessage = z.infer<typeof VoteMessage>;
