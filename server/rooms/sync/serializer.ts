/**
 * Builds each client's patch frame: a head, what Colyseus encodes of rare changes, and the poses of the client's area of
 * interest. To a client it is a Colyseus patch like any other.
 */
import { type Client, ClientState, Protocol, ProtocolModifier } from "@colyseus/core";
import { ackOf } from "#server/colyseus/internals.ts";
import { hasFilteredChanges } from "#server/colyseus/schemaInternals.ts";
import { StateSerializer } from "#server/colyseus/stateSerializer.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { AreaOfInterest } from "./areaOfInterest.ts";
import type { PatchBuffer } from "./poseEncoder.ts";

/** A patch's head: the protocol code, the room's clock in ms and the ack, each a uint32. */
const HEAD_BYTES = 9;
const CLOCK_AT = 1;
const ACK_AT = 5;
/** A seat in a full state, with the longest name and ID. */
const MAX_SEAT_BYTES = 160;
/** A full state without its seats: settings, candidates, awards, flags and the own drone. */
const MAX_BYTES_WITHOUT_SEATS = 8 * 1024;
const BLOCK_BYTES = 64 * 1024;

/**
 * Frames of all rooms are cut from shared blocks, as Buffer.allocUnsafe does. A socket holds its frame until the kernel
 * has taken it, so written bytes are never reused.
 */
let block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
let used = 0;

function reserveBytes(maxBytes: number): PatchBuffer {
  if (used + maxBytes > block.length) {
    block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, maxBytes));
    used = 0;
  }
  return { bytes: block, offset: used };
}

export class ArenaSerializer extends StateSerializer {
  protected override maxFullStateBytes({ roster }: ArenaState): number {
    return MAX_BYTES_WITHOUT_SEATS + roster.size * MAX_SEAT_BYTES;
  }

  /** Encodes all frames before it sends the first: consecutive sends cost the kernel less than scattered ones. */
  override applyPatches(clients: Client[], _state?: unknown, timing?: { sNow: number }): boolean {
    const { encoder } = this;
    const hasChanges = encoder.hasChanges;
    this.needFullEncode ||= hasChanges;
    const joined = clients.filter(({ state }) => state === ClientState.JOINED);
    if (joined.length > 0) {
      const shared = { offset: 0 };
      encoder.encode(shared);
      const hasFiltered = hasFilteredChanges(encoder);
      const nowMs = timing?.sNow ?? 0;
      const frames = joined.map((client) => this.#frameFor(client, shared.offset, hasFiltered, nowMs));
      for (let place = 0; place < joined.length; place++) joined[place]?.raw(frames[place] as Buffer);
    }
    encoder.discardChanges();
    return hasChanges;
  }

  /**
   * `sharedBytes`: length of the changes that every client receives. `hasFiltered`: whether anything has changed that
   * only some views hold.
   */
  #frameFor(client: Client, sharedBytes: number, hasFiltered: boolean, nowMs: number): Buffer {
    const { view } = client;
    const { encoder } = this;
    const rare =
      view && (hasFiltered || view.changes.size > 0)
        ? encoder.encodeView(view, sharedBytes, { offset: sharedBytes })
        : encoder.sharedBuffer.subarray(0, sharedBytes);
    const area = view instanceof AreaOfInterest ? view : undefined;
    const frame = reserveBytes(HEAD_BYTES + rare.length + (area?.maxPoseBytes ?? 0));
    const start = frame.offset;
    block[start] = Protocol.ROOM_STATE_PATCH | ProtocolModifier.TIMED;
    block.writeUInt32LE(nowMs >>> 0, start + CLOCK_AT);
    block.writeUInt32LE(ackOf(client), start + ACK_AT);
    block.set(rare, start + HEAD_BYTES);
    frame.offset += HEAD_BYTES + rare.length;
    area?.writePoses(frame);
    used = frame.offset;
    return block.subarray(start, used);
  }
}
