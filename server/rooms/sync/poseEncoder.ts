/**
 * Encodes the drones' fast-changing fields once a patch, in Colyseus' own format; the bytes are then copied into the
 * patch of every client that sees the drone. The schema keeps these fields out of Colyseus' patches (`fullStateOnly`),
 * because Colyseus walks every change in the room for every client.
 */
import {
  encodeField,
  encodeStructureSwitch,
  fieldIndices,
  valuesOf,
} from "#server/colyseus/schemaInternals.ts";
import { Drone, OWN_FIELDS, POSE_FIELDS } from "#shared/schema/state.ts";

/** SWITCH_TO_STRUCTURE, and a ref ID of at most 5 bytes. */
const MAX_HEAD_BYTES = 6;
/** One byte for operation and field, at most four for the value. */
const MAX_FIELD_BYTES = 5;
export const MAX_POSE_BYTES = MAX_HEAD_BYTES + POSE_FIELDS.length * MAX_FIELD_BYTES;
export const MAX_OWN_BYTES = MAX_POSE_BYTES + OWN_FIELDS.length * MAX_FIELD_BYTES;
/** The pose of a drone that is in a view but off its screen is sent with every FAR_PATCHES-th patch. */
export const FAR_PATCHES = 4;

/** A patch that is being written; `offset` is the number of bytes written so far. */
export interface PatchBuffer {
  bytes: Uint8Array;
  offset: number;
}

/** Indices of these fields in the schema class; a pose's come first, so that its bits are the lowest. */
const FIELDS = fieldIndices(Drone, [...POSE_FIELDS, ...OWN_FIELDS]);
const POSE_BITS = (1 << POSE_FIELDS.length) - 1;

/** By slot (entityTable.ts): a range of the encoder's bytes, empty where nothing has changed. */
class ByteRanges {
  #starts = new Int32Array(0);
  #ends = new Int32Array(0);

  set(slot: number, start: number, end: number): void {
    if (slot >= this.#starts.length) this.#grow(slot);
    this.#starts[slot] = start;
    this.#ends[slot] = end;
  }

  copy(slot: number, from: Uint8Array, to: PatchBuffer): void {
    const { bytes } = to;
    const end = this.#ends[slot] as number;
    let at = to.offset;
    // Byte by byte: for a dozen bytes a call into native code costs more than it saves.
    for (let byte = this.#starts[slot] as number; byte < end; byte++) bytes[at++] = from[byte] as number;
    to.offset = at;
  }

  #grow(slot: number): void {
    const [starts, ends] = [this.#starts, this.#ends];
    this.#starts = new Int32Array(Math.max(64, 2 * slot));
    this.#ends = new Int32Array(Math.max(64, 2 * slot));
    this.#starts.set(starts);
    this.#ends.set(ends);
  }
}

/** What has changed of a drone in the last patches. */
interface FieldHistory {
  readonly drone: Drone;
  /** Values of FIELDS in the last patch. */
  readonly values: unknown[];
  /** One bitmask of changed pose fields for each of the last FAR_PATCHES patches, the newest first. */
  readonly changes: number[];
}

export class PoseEncoder {
  /** Pose changes since the last patch, for clients that received that one. */
  readonly #near = new ByteRanges();
  /** Pose changes of the last FAR_PATCHES patches, for clients that received an older one. */
  readonly #far = new ByteRanges();
  /** All changes since the last patch, for the drone's own player. */
  readonly #own = new ByteRanges();
  /** By slot; undefined where there is no drone. */
  readonly #histories: (FieldHistory | undefined)[] = [];
  readonly #buffer: PatchBuffer = { bytes: new Uint8Array(0), offset: 0 };

  /** Assigns the slot to an entity, or frees it with `undefined`. Only drones are encoded. */
  assign(slot: number, entity: unknown): void {
    const isDrone = entity instanceof Drone;
    this.#histories[slot] = isDrone
      ? { drone: entity, values: [], changes: new Array(FAR_PATCHES).fill(0) }
      : undefined;
    for (const ranges of [this.#near, this.#far, this.#own]) ranges.set(slot, 0, 0);
  }

  /** Starts a patch that encodes at most this many drones. */
  begin(drones: number): void {
    const maxBytes = drones * (2 * MAX_POSE_BYTES + MAX_OWN_BYTES);
    if (this.#buffer.bytes.length < maxBytes) this.#buffer.bytes = new Uint8Array(2 * maxBytes);
    this.#buffer.offset = 0;
  }

  /** Called once a patch for each drone's slot. */
  encode(slot: number): void {
    const history = this.#histories[slot];
    if (!history) return;
    const changes = readChanges(history);
    const pose = changes & POSE_BITS;
    history.changes.pop();
    history.changes.unshift(pose);
    let far = 0;
    for (const earlier of history.changes) far |= earlier;
    this.#write(this.#own, slot, history.drone, changes);
    this.#write(this.#near, slot, history.drone, pose);
    this.#write(this.#far, slot, history.drone, far);
  }

  copyOwn(slot: number, to: PatchBuffer): void {
    this.#own.copy(slot, this.#buffer.bytes, to);
  }

  /** `patchesAgo`: 1 to FAR_PATCHES, how many patches ago the client last received this pose. */
  copyPose(slot: number, patchesAgo: number, to: PatchBuffer): void {
    (patchesAgo === 1 ? this.#near : this.#far).copy(slot, this.#buffer.bytes, to);
  }

  #write(ranges: ByteRanges, slot: number, drone: Drone, changes: number): void {
    const buffer = this.#buffer;
    const start = buffer.offset;
    if (changes !== 0) encodeStructureSwitch(buffer, drone);
    for (let place = 0; place < FIELDS.length; place++) {
      if ((changes & (1 << place)) !== 0) encodeField(buffer, drone, FIELDS[place] as number);
    }
    ranges.set(slot, start, buffer.offset);
  }
}

/** Bitmask of the FIELDS whose values differ from the last call's. */
function readChanges({ drone, values: known }: FieldHistory): number {
  const values = valuesOf(drone);
  let changes = 0;
  for (let place = 0; place < FIELDS.length; place++) {
    const value = values[FIELDS[place] as number];
    if (value === known[place]) continue;
    known[place] = value;
    changes |= 1 << place;
  }
  return changes;
}
