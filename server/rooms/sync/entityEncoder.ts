/**
 * Encodes every entity once a patch, in Colyseus' own format; a client's patch is then gathered from these slices of
 * bytes. `Encoder.encodeView` would instead walk every change in the room for every client.
 *
 * An entity has up to four slices a patch:
 *
 *     changes   what has changed since the last patch: for a client that received that one
 *     own       the same, and what only the drone's own player receives; begins with `changes`
 *     late      what has changed in the last FAR_PATCHES patches: for a client that received an older one
 *     whole     all that every client may know: for a client into whose view the entity comes
 *
 * The first two are encoded for every entity, the others when the first client needs them.
 */
import {
  encodeDeletion,
  encodeEntry,
  encodeField,
  encodeStructureSwitch,
  fieldIndices,
  refIdOf,
  valuesOf,
} from "#server/colyseus/schemaInternals.ts";
import { grown } from "#server/rooms/grown.ts";
import { FAR_PATCHES } from "#shared/config.ts";
import { Drone, OWN_FIELDS, Pickup, POSE_FIELDS, Projectile, VISIBLE_FIELDS } from "#shared/schema/state.ts";
import type { FrameWriter } from "./frameWriter.ts";

export type Entity = Drone | Projectile | Pickup;

/** SWITCH_TO_STRUCTURE, and a ref ID of at most 5 bytes. */
const MAX_HEAD_BYTES = 6;
/** One byte for operation and field, at most four for a number. */
const MAX_NUMBER_BYTES = 5;
/** The longest string is a name: 16 characters of at most four bytes, with its length. */
const MAX_STRING_BYTES = 68;
const MAX_FIELDS = 24;
/** Of any slice: at most two of an entity's fields are strings. */
export const MAX_SLICE_BYTES = MAX_HEAD_BYTES + MAX_FIELDS * MAX_NUMBER_BYTES + 2 * MAX_STRING_BYTES;
/** Of an entry of a map: its operation, index, key and ref ID, after a switch to the map. */
export const MAX_ENTRY_BYTES = MAX_HEAD_BYTES + 3 * MAX_NUMBER_BYTES + MAX_STRING_BYTES;

/**
 * What a patch has of an entity: nothing; only what may be late for a client off whose screen the entity is; or something
 * that all who see it receive at once.
 */
export const NEWS = { none: 0, late: 1, urgent: 2 } as const;
export type News = (typeof NEWS)[keyof typeof NEWS];

/** Every entity is in one of these maps of the state. */
export const ENTITY_MAPS = ["drones", "projectiles", "pickups"] as const;
export type EntityMapName = (typeof ENTITY_MAPS)[number];

/** How a map's entities are encoded. Fields are indices in the entities' class. */
interface Encoding {
  /** What every client receives that sees the entity, then what only its own player receives. */
  readonly fields: readonly number[];
  /** How many of them are visible; and how many of these may be late for a client off whose screen the entity is. */
  readonly visible: number;
  readonly mayBeLate: number;
}

const ENCODINGS: Readonly<Record<EntityMapName, Encoding>> = {
  drones: {
    fields: fieldIndices(Drone, [...VISIBLE_FIELDS.drone, ...OWN_FIELDS]),
    visible: VISIBLE_FIELDS.drone.length,
    mayBeLate: POSE_FIELDS.length,
  },
  projectiles: {
    fields: fieldIndices(Projectile, VISIBLE_FIELDS.projectile),
    visible: VISIBLE_FIELDS.projectile.length,
    mayBeLate: 0,
  },
  pickups: {
    fields: fieldIndices(Pickup, VISIBLE_FIELDS.pickup),
    visible: VISIBLE_FIELDS.pickup.length,
    mayBeLate: 0,
  },
};

/** An entity, and the values of its fields in the last patch. */
interface Known {
  readonly map: EntityMapName;
  readonly key: string;
  readonly entity: Entity;
  readonly encoding: Encoding;
  readonly values: unknown[];
}

/** By slot (entityTable.ts): a range of the encoder's bytes, and the patch that it belongs to. */
class Slices {
  #starts = new Int32Array(0);
  #ends = new Int32Array(0);
  #patches = new Int32Array(0);

  /** Whether the slice of this patch is encoded. */
  has(slot: number, patch: number): boolean {
    return this.#patches[slot] === patch;
  }

  set(slot: number, patch: number, start: number, end: number): void {
    this.#starts[slot] = start;
    this.#ends[slot] = end;
    this.#patches[slot] = patch;
  }

  copy(slot: number, from: Uint8Array, to: FrameWriter): void {
    to.copy(from, this.#starts[slot] as number, this.#ends[slot] as number);
  }

  grow(slots: number): void {
    this.#starts = grown(this.#starts, new Int32Array(slots));
    this.#ends = grown(this.#ends, new Int32Array(slots));
    this.#patches = grown(this.#patches, new Int32Array(slots));
  }
}

export class EntityEncoder {
  readonly #changed = new Slices();
  readonly #own = new Slices();
  readonly #late = new Slices();
  readonly #whole = new Slices();
  /** By slot; undefined where the slot is free. */
  readonly #known: (Known | undefined)[] = [];
  /** FAR_PATCHES bitmasks of visible fields for each slot: what changed in the patch with that number, modulo FAR_PATCHES. */
  #changes = new Int32Array(0);
  #buffer = { bytes: new Uint8Array(1024), offset: 0 };
  #patch = 0;

  /** Makes room for this many slots. */
  grow(slots: number): void {
    for (const slices of [this.#changed, this.#own, this.#late, this.#whole]) slices.grow(slots);
    this.#changes = grown(this.#changes, new Int32Array(slots * FAR_PATCHES));
  }

  /** Assigns the slot to the entity that the state's map holds under this key. */
  assign(slot: number, map: EntityMapName, key: string, entity: Entity): void {
    const known: Known = { map, key, entity, encoding: ENCODINGS[map], values: [] };
    // A client that sees the entity has received the values of this moment, or later ones.
    readChanges(known);
    this.#known[slot] = known;
    this.#changes.fill(0, slot * FAR_PATCHES, (slot + 1) * FAR_PATCHES);
  }

  release(slot: number): void {
    this.#known[slot] = undefined;
  }

  /** Begins a patch. Patches are numbered consecutively from 1. */
  begin(patch: number): void {
    this.#patch = patch;
    this.#buffer.offset = 0;
  }

  /** Called once a patch for each entity in the state. Returns what has changed of it, for those who see it. */
  encode(slot: number): News {
    const known = this.#known[slot] as Known;
    const { visible, mayBeLate, fields } = known.encoding;
    const changes = readChanges(known);
    const seen = changes & bits(visible);
    this.#changes[slot * FAR_PATCHES + (this.#patch % FAR_PATCHES)] = seen;
    const start = this.#begin();
    if (changes === 0) {
      this.#own.set(slot, this.#patch, start, start);
      return NEWS.none;
    }
    encodeStructureSwitch(this.#buffer, refIdOf(known.entity));
    this.#writeFields(known, seen, 0, visible);
    this.#changed.set(slot, this.#patch, start, this.#buffer.offset);
    this.#writeFields(known, changes, visible, fields.length);
    this.#own.set(slot, this.#patch, start, this.#buffer.offset);
    if (seen === 0) return NEWS.none;
    return (seen & ~bits(mayBeLate)) === 0 ? NEWS.late : NEWS.urgent;
  }

  copyOwn(slot: number, to: FrameWriter): void {
    this.#own.copy(slot, this.#buffer.bytes, to);
  }

  /** `patchesAgo`: 1 to FAR_PATCHES, how many patches ago the client last received the entity's changes. */
  copyChanges(slot: number, patchesAgo: number, to: FrameWriter): void {
    if (patchesAgo === 1) this.#changed.copy(slot, this.#buffer.bytes, to);
    else {
      if (!this.#late.has(slot, this.#patch)) this.#encodeLate(slot);
      this.#late.copy(slot, this.#buffer.bytes, to);
    }
  }

  copyWhole(slot: number, to: FrameWriter): void {
    if (!this.#whole.has(slot, this.#patch)) {
      const known = this.#known[slot] as Known;
      const start = this.#begin();
      writeWhole(this.#buffer, known, known.encoding.visible);
      this.#whole.set(slot, this.#patch, start, this.#buffer.offset);
    }
    this.#whole.copy(slot, this.#buffer.bytes, to);
  }

  /** Writes all fields of an entity, those for its own player included, as they are now. */
  writeOwn(slot: number, to: FrameWriter): void {
    const known = this.#known[slot] as Known;
    writeWhole(to, known, known.encoding.fields.length);
  }

  mapOf(slot: number): EntityMapName {
    return (this.#known[slot] as Known).map;
  }

  /** Writes that the map to which the frame has switched holds the entity. */
  writeEntry(slot: number, to: FrameWriter): void {
    const { key, entity } = this.#known[slot] as Known;
    encodeEntry(to, slot, key, entity);
  }

  /** Writes that the map to which the frame has switched no longer holds the entity. */
  writeDeletion(slot: number, to: FrameWriter): void {
    encodeDeletion(to, slot);
  }

  #encodeLate(slot: number): void {
    const known = this.#known[slot] as Known;
    let changes = 0;
    for (let ago = 0; ago < FAR_PATCHES; ago++) changes |= this.#changes[slot * FAR_PATCHES + ago] as number;
    const start = this.#begin();
    if (changes !== 0) {
      encodeStructureSwitch(this.#buffer, refIdOf(known.entity));
      this.#writeFields(known, changes, 0, known.encoding.visible);
    }
    this.#late.set(slot, this.#patch, start, this.#buffer.offset);
  }

  /** Writes those of the fields from…to − 1 whose bit is set. */
  #writeFields({ entity, encoding: { fields } }: Known, changes: number, from: number, to: number): void {
    for (let place = from; place < to; place++) {
      if ((changes & (1 << place)) !== 0) encodeField(this.#buffer, entity, fields[place] as number);
    }
  }

  /** Makes room for a slice and returns where it starts. */
  #begin(): number {
    const { bytes, offset } = this.#buffer;
    if (offset + MAX_SLICE_BYTES > bytes.length) {
      this.#buffer.bytes = grown(bytes, new Uint8Array(2 * bytes.length));
    }
    return offset;
  }
}

const bits = (count: number): number => (1 << count) - 1;

/** Bitmask of the fields whose values differ from the last call's. */
function readChanges({ entity, encoding: { fields }, values: known }: Known): number {
  const values = valuesOf(entity);
  let changes = 0;
  for (let place = 0; place < fields.length; place++) {
    const value = values[fields[place] as number];
    if (value === known[place]) continue;
    known[place] = value;
    changes |= 1 << place;
  }
  return changes;
}

/** Writes the first `count` fields, except those that are not set. */
function writeWhole(
  to: { bytes: Uint8Array; offset: number },
  { entity, encoding: { fields } }: Known,
  count: number,
): void {
  const values = valuesOf(entity);
  encodeStructureSwitch(to, refIdOf(entity));
  for (let place = 0; place < count; place++) {
    const field = fields[place] as number;
    if (values[field] !== undefined) encodeField(to, entity, field);
  }
}
