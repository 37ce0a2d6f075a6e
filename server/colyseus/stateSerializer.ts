/** Colyseus' serializer with short ref IDs and a buffer that always holds the full state. */
import { type Client, Protocol, SchemaSerializer } from "@colyseus/core";
import { ArenaState } from "#shared/schema/state.ts";
import { createEncoder } from "./refIds.ts";

/** Makes the fields below reachable for the check: Colyseus declares them as protected. */
class Probe extends SchemaSerializer<ArenaState> {
  hasBuffer(): boolean {
    return this.fullEncodeBuffer instanceof Uint8Array;
  }

  /** Whether a full state is encoded anew only when `needFullEncode` is set. */
  encodesOnDemand(): boolean {
    const state = new ArenaState();
    this.encoder = createEncoder(state);
    const wasNeeded = this.needFullEncode;
    this.getFullState();
    return wasNeeded && !this.needFullEncode;
  }
}

export abstract class StateSerializer extends SchemaSerializer<ArenaState> {
  /** Upper bound of what a full state holds for every client, bytes. */
  protected abstract maxFullStateBytes(state: ArenaState): number;

  override reset(state: ArenaState): void {
    this.encoder = createEncoder(state);
    this.fullEncodeBuffer[0] = Protocol.ROOM_STATE;
  }

  /** Grows the buffer beforehand: Colyseus drops what it had encoded when the buffer overflows. */
  override getFullState(_client?: Client, _timing?: { sNow: number }): Uint8Array {
    const maxBytes = this.maxFullStateBytes(this.encoder.state);
    if (this.fullEncodeBuffer.length < maxBytes) {
      this.fullEncodeBuffer = new Uint8Array(2 * maxBytes);
      this.fullEncodeBuffer[0] = Protocol.ROOM_STATE;
      this.needFullEncode = true;
    }
    return super.getFullState();
  }
}

/** The reaches of this class and its subclass, each with a probe that says whether the installed version has it. */
export const SERIALIZER_REACHES: Readonly<Record<string, () => boolean>> = {
  "SchemaSerializer.fullEncodeBuffer": () => new Probe().hasBuffer(),
  "SchemaSerializer.needFullEncode": () => new Probe().encodesOnDemand(),
};
