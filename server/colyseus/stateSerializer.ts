/** Colyseus' serializer with short ref IDs and a buffer that always holds the full state. */
import { type Client, Protocol, SchemaSerializer } from "@colyseus/core";
import type { ArenaState } from "#shared/schema/state.ts";
import { createEncoder } from "./refIds.ts";

export abstract class StateSerializer extends SchemaSerializer<ArenaState> {
  /** Upper bound of a full state with its view, bytes. */
  protected abstract maxFullStateBytes(state: ArenaState): number;

  override reset(state: ArenaState): void {
    this.encoder = createEncoder(state);
    this.hasFilters = true;
    this.fullEncodeBuffer[0] = Protocol.ROOM_STATE;
  }

  /** Grows the buffer beforehand: Colyseus drops what it had encoded when the buffer overflows. */
  override getFullState(client?: Client, timing?: { sNow: number }) {
    const maxBytes = this.maxFullStateBytes(this.encoder.state);
    if (this.fullEncodeBuffer.length < maxBytes) {
      this.fullEncodeBuffer = new Uint8Array(2 * maxBytes);
      this.fullEncodeBuffer[0] = Protocol.ROOM_STATE;
      this.needFullEncode = true;
    }
    return super.getFullState(client, timing);
  }
}
