/**
 * Each client's patch: what Colyseus encodes of all that changes now and then, and behind it what moves all the time
 * (poseEncoder.ts). To a client it is a patch like any other.
 */
import { type Client, ClientState, Protocol, ProtocolModifier, SchemaSerializer } from "@colyseus/core";
import { Encoder, type Schema, type StateView, TypeContext } from "@colyseus/schema";
import { ackOf } from "#server/colyseus/internals.ts";
import { RefIds, setRefId } from "#server/colyseus/refIds.ts";
import { ArenaState } from "#shared/schema/state.ts";
import type { AreaOfInterest } from "./areaOfInterest.ts";
import type { Patch } from "./poseEncoder.ts";

/** Who knows what has moved in a view. */
export interface MotionOf {
  motionIn(view: StateView): Pick<AreaOfInterest, "mostMotionBytes" | "writeMotion"> | undefined;
}

/** In front of a patch: its code, the room's clock in ms, and the ack; two uint32. */
const HEAD_BYTES = 9;
const CLOCK_AT = 1;
const ACK_AT = 5;
/** Of a full state: a seat with the longest name and id; and settings, candidates, awards, flags, the own drone. */
const MOST_SEAT_BYTES = 160;
const MOST_BYTES_WITHOUT_SEATS = 8 * 1024;
const BLOCK_BYTES = 64 * 1024;

/** All rooms' frames are cut from blocks, as Buffer.allocUnsafe does: a socket holds one until the network has it. */
let block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
let used = 0;

function reserveBytes(mostBytes: number): Patch {
  if (used + mostBytes > block.length) {
    block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, mostBytes));
    used = 0;
  }
  return { bytes: block, offset: used };
}

export class ArenaSerializer extends SchemaSerializer<ArenaState> {
  readonly #motion: () => MotionOf;

  /** `motion` is asked with every patch: a room's views are not there yet when its serializer is made. */
  constructor(motion: () => MotionOf) {
    super();
    this.#motion = motion;
  }

  override reset(state: ArenaState): void {
    setRefId(state, 0);
    this.encoder = new Encoder(state, new RefIds(TypeContext.cache(ArenaState as unknown as typeof Schema)));
    this.hasFilters = true;
    this.fullEncodeBuffer[0] = Protocol.ROOM_STATE;
  }

  /** Colyseus loses what it had encoded before its buffer was full: the buffer is never full. */
  override getFullState(client?: Client, timing?: { sNow: number }) {
    const mostBytes = MOST_BYTES_WITHOUT_SEATS + this.encoder.state.roster.size * MOST_SEAT_BYTES;
    if (this.fullEncodeBuffer.length < mostBytes) {
      this.fullEncodeBuffer = new Uint8Array(2 * mostBytes);
      this.fullEncodeBuffer[0] = Protocol.ROOM_STATE;
      this.needFullEncode = true;
    }
    return super.getFullState(client, timing);
  }

  /** All are encoded before the first is sent: sends in a row cost the kernel less than sends far between. */
  override applyPatches(clients: Client[], _state?: unknown, timing?: { sNow: number }): boolean {
    const { encoder } = this;
    const hasChanges = encoder.hasChanges;
    this.needFullEncode ||= hasChanges;
    const joined = clients.filter(({ state }) => state === ClientState.JOINED);
    if (joined.length > 0) {
      const shared = { offset: 0 };
      encoder.encode(shared);
      const isForSome = changedForSome(encoder);
      const nowMs = timing?.sNow ?? 0;
      const frames = joined.map((client) => this.#frameFor(client, shared.offset, isForSome, nowMs));
      for (let place = 0; place < joined.length; place++) joined[place]?.raw(frames[place] as Buffer);
    }
    encoder.discardChanges();
    return hasChanges;
  }

  /** `isForSome`: something has changed that only those are told who have it in view. */
  #frameFor(client: Client, sharedBytes: number, isForSome: boolean, nowMs: number): Buffer {
    const { view } = client;
    const { encoder } = this;
    const rare =
      view && (isForSome || view.changes.size > 0)
        ? encoder.encodeView(view, sharedBytes, { offset: sharedBytes })
        : encoder.sharedBuffer.subarray(0, sharedBytes);
    const motion = view && this.#motion().motionIn(view);
    const patch = reserveBytes(HEAD_BYTES + rare.length + (motion?.mostMotionBytes ?? 0));
    const start = patch.offset;
    block[start] = Protocol.ROOM_STATE_PATCH | ProtocolModifier.TIMED;
    block.writeUInt32LE(nowMs >>> 0, start + CLOCK_AT);
    block.writeUInt32LE(ackOf(client), start + ACK_AT);
    block.set(rare, start + HEAD_BYTES);
    patch.offset += HEAD_BYTES + rare.length;
    motion?.writeMotion(patch);
    used = patch.offset;
    return block.subarray(start, used);
  }
}

/** Of the state's own fields none is for some: who sees what is in its maps. */
function changedForSome({ root }: Encoder<ArenaState>): boolean {
  for (let node = root.changes.next; node; node = node.next) if (node.changeTree.isFiltered) return true;
  return false;
}
