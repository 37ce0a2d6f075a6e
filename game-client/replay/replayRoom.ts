/** The SDK's room without a connection: recorded frames are fed to it, and everything that reads a room reads it. */
import { Room } from "@colyseus/sdk";
import type { ArenaState } from "#shared/schema/state.ts";

/** Takes what the room and the page send, and sends nothing. */
const NO_CONNECTION = { isOpen: true, send() {}, sendUnreliable() {}, close() {}, events: {} };

// biome-ignore lint/suspicious/noExplicitAny: the SDK's default for a room whose server class is not imported
export class ReplayRoom extends Room<any, ArenaState> {
  /** `handshake`: Colyseus' first frame to a client (ReplayHead). */
  constructor(code: string, handshake: Uint8Array) {
    super("arena");
    this.roomId = code;
    this.sessionId = "";
    Object.assign(this, { connection: NO_CONNECTION });
    this.feed(handshake);
  }

  /** Handles a frame as if it had just arrived. */
  feed(frame: Uint8Array): void {
    this.onMessageCallback({ data: frame } as unknown as MessageEvent);
  }
}
