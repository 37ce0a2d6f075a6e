/** Shapes of the messages that are not state and not input. */
import type { PackedEvent } from "./eventCodec.ts";

/** Server → client under MESSAGE.event: what happened in a tick, of what this client may see or hear. */
export interface EventMessage {
  tick: number;
  events: PackedEvent[];
}
