/**
 * What moves, on the wire: encoded once a patch, with Colyseus' own encoder, and copied into the patches of those who
 * see it. The schema keeps these fields out of its own patches (`fullStateOnly`), for there every client goes through
 * all that has changed anywhere.
 */
import { $changes, $encoder, $refId, $values, encode, type Iterator } from "@colyseus/schema";
import { Drone, OWN_FIELDS, POSE_FIELDS } from "#shared/schema/state.ts";

/** Of Colyseus' wire format: what follows is of the instance with this number. */
const SWITCH_TO_STRUCTURE = 255;
/** …and a field is set. */
const ADD = 128;
const MOST_HEAD_BYTES = 6;
/** A byte for the field, and four at most for what is in it. */
const MOST_FIELD_BYTES = 5;
export const MOST_POSE_BYTES = MOST_HEAD_BYTES + POSE_FIELDS.length * MOST_FIELD_BYTES;
export const MOST_OWN_BYTES = MOST_POSE_BYTES + OWN_FIELDS.length * MOST_FIELD_BYTES;
/** Who sees a drone from so far that it is on nobody's screen is told of it with one patch in so many. */
export const FAR_PATCHES = 4;

/** Bytes of a patch in the making. `offset` is where it ends. */
export interface Patch extends Iterator {
  bytes: Uint8Array;
}

/** Numbers of these fields in the class. */
const numbersOf = (fields: readonly (keyof Drone)[]): readonly number[] => {
  const metadata = Reflect.get(Drone, Symbol.metadata);
  return fields.map((field) => metadata[field]);
};
const POSE = numbersOf(POSE_FIELDS);
const WHOLE = numbersOf([...POSE_FIELDS, ...OWN_FIELDS]);
const POSE_BITS = (1 << POSE.length) - 1;

/** What there is to say of whom, by slot (entityTable.ts): a stretch of the motion's bytes, empty for most. */
class ByteRanges {
  #starts = new Int32Array(0);
  #ends = new Int32Array(0);

  set(slot: number, start: number, end: number): void {
    if (slot >= this.#starts.length) this.#grow(slot);
    this.#starts[slot] = start;
    this.#ends[slot] = end;
  }

  copy(slot: number, from: Uint8Array, to: Patch): void {
    const { bytes } = to;
    const end = this.#ends[slot] as number;
    let at = to.offset;
    // Byte by byte: for a dozen of them a call into native code costs more than it saves.
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

/** A drone, and what of it has been told. */
interface FieldHistory {
  readonly drone: Drone;
  /** Values of WHOLE's fields. */
  readonly known: unknown[];
  /** A bit for each field that a patch has changed, the newest first. */
  readonly changes: number[];
}

export class Motion {
  /** What everybody is told who sees the drone and was told with the last patch. */
  readonly #near = new ByteRanges();
  /** …and who was told up to FAR_PATCHES ago. */
  readonly #far = new ByteRanges();
  /** What its own player is told. */
  readonly #own = new ByteRanges();
  /** By slot, of drones. */
  readonly #histories: (FieldHistory | undefined)[] = [];
  readonly #patch: Patch = { bytes: new Uint8Array(0), offset: 0 };

  /** From now on this stands in the slot. */
  put(slot: number, entity: unknown): void {
    const isDrone = entity instanceof Drone;
    this.#histories[slot] = isDrone
      ? { drone: entity, known: [], changes: new Array(FAR_PATCHES).fill(0) }
      : undefined;
    for (const ranges of [this.#near, this.#far, this.#own]) ranges.set(slot, 0, 0);
  }

  /** Before a patch with so many drones. */
  clear(drones: number): void {
    const mostBytes = drones * (2 * MOST_POSE_BYTES + MOST_OWN_BYTES);
    if (this.#patch.bytes.length < mostBytes) this.#patch.bytes = new Uint8Array(2 * mostBytes);
    this.#patch.offset = 0;
  }

  /** Once a patch, of each drone. */
  encode(slot: number): void {
    const history = this.#histories[slot];
    if (!history) return;
    const changes = changesOf(history);
    const pose = changes & POSE_BITS;
    history.changes.pop();
    history.changes.unshift(pose);
    let far = 0;
    for (const earlier of history.changes) far |= earlier;
    this.#write(this.#own, slot, history.drone, changes);
    this.#write(this.#near, slot, history.drone, pose);
    this.#write(this.#far, slot, history.drone, far);
  }

  copyOwn(slot: number, to: Patch): void {
    this.#own.copy(slot, this.#patch.bytes, to);
  }

  /** For who was last told so many patches ago: 1 to FAR_PATCHES. */
  copyPose(slot: number, patches: number, to: Patch): void {
    (patches === 1 ? this.#near : this.#far).copy(slot, this.#patch.bytes, to);
  }

  #write(ranges: ByteRanges, slot: number, drone: Drone, changes: number): void {
    const patch = this.#patch;
    const start = patch.offset;
    if (changes !== 0) {
      patch.bytes[patch.offset++] = SWITCH_TO_STRUCTURE;
      encode.number(patch.bytes, refIdOf(drone), patch);
    }
    for (let place = 0; place < WHOLE.length; place++) {
      if ((changes & (1 << place)) !== 0) encodeField(patch, drone, WHOLE[place] as number);
    }
    ranges.set(slot, start, patch.offset);
  }
}

/** Since it was asked last. */
function changesOf({ drone, known }: FieldHistory): number {
  const values = drone[$values];
  let changes = 0;
  for (let place = 0; place < WHOLE.length; place++) {
    const value = values[WHOLE[place] as number];
    if (value === known[place]) continue;
    known[place] = value;
    changes |= 1 << place;
  }
  return changes;
}

function refIdOf(drone: Drone): number {
  const refId = drone[$refId];
  if (refId === undefined) throw new Error("a drone that is not in the state has no number");
  return refId;
}

type ChangeTree = NonNullable<Drone[typeof $changes]>;

/** With Colyseus' encoder for a field of a class: what else it takes is for collections. */
function encodeField(patch: Patch, drone: Drone, field: number): void {
  const encoder = Drone[$encoder] as NonNullable<(typeof Drone)[typeof $encoder]>;
  encoder(undefined as never, patch.bytes, drone[$changes] as ChangeTree, field, ADD, patch, false, true);
}
