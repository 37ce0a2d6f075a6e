/** Reaches into @colyseus/schema: the fields of an instance, its ref ID, and the queue of changed instances. */
import {
  $changes,
  $encoder,
  $refId,
  $values,
  Encoder,
  encode,
  type Iterator,
  type Schema,
} from "@colyseus/schema";
import { ArenaState, Drone } from "#shared/schema/state.ts";

/** In Colyseus' wire format: the following operations belong to the instance with this ref ID. */
const SWITCH_TO_STRUCTURE = 255;
/** In Colyseus' wire format, ORed with a field's index: the field is set. */
export const ADD = 128;

/** Bytes that are being written at `offset`. */
type Target = Iterator & { bytes: Uint8Array };
type SchemaClass = typeof Schema;
type FieldEncoder = NonNullable<SchemaClass[typeof $encoder]>;
type ChangeTree = NonNullable<Schema[typeof $changes]>;

/** Indices of a schema class's fields, in the order of the given names. */
export function fieldIndices(schema: object, fields: readonly string[]): readonly number[] {
  const metadata = Reflect.get(schema, Symbol.metadata);
  return fields.map((field) => metadata[field]);
}

/** An instance's values by field index: faster to read than through its accessors. */
export const valuesOf = (instance: Schema): readonly unknown[] => instance[$values];

/** Sets the ref ID as Colyseus does: not enumerable. */
export function setRefId(instance: object, refId: number): void {
  Object.defineProperty(instance, $refId, { value: refId, enumerable: false, writable: true });
}

/** Writes the head of an instance's changes. Throws when the instance is not in an encoder's state. */
export function encodeStructureSwitch(to: Target, instance: Schema): void {
  const refId = instance[$refId];
  if (refId === undefined) throw new Error("an instance outside the state has no ref ID");
  to.bytes[to.offset++] = SWITCH_TO_STRUCTURE;
  encode.number(to.bytes, refId, to);
}

/** Writes the field's current value with Colyseus' own encoder, whose first parameter only collections use. */
export function encodeField(to: Target, instance: Schema, index: number): void {
  const encoder = (instance.constructor as SchemaClass)[$encoder] as FieldEncoder;
  const changes = instance[$changes] as ChangeTree;
  encoder(undefined as never, to.bytes, changes, index, ADD, to, false, true);
}

/**
 * Whether an instance has changed that only some views hold. The state's own fields are for every client; what only
 * some may see is in its maps.
 */
export function hasFilteredChanges({ root }: Encoder): boolean {
  for (let node = root.changes.next; node; node = node.next) if (node.changeTree.isFiltered) return true;
  return false;
}

/** A drone in a state with an encoder, as in a room. */
function probe(): { encoder: Encoder; drone: Drone } {
  const state = new ArenaState();
  const encoder = new Encoder(state);
  const drone = new Drone();
  state.drones.set("probe", drone);
  return { encoder, drone };
}

/** This file's reaches into Colyseus, each with a probe that says whether the installed version has it. */
export const SCHEMA_REACHES: Readonly<Record<string, () => boolean>> = {
  "Schema[Symbol.metadata]": () => fieldIndices(Drone, ["x"]).every(Number.isInteger),
  "Schema[$values]": () => {
    const { drone } = probe();
    drone.team = 3;
    return valuesOf(drone)[fieldIndices(Drone, ["team"])[0] ?? -1] === 3;
  },
  "Schema[$refId]": () => {
    const { drone } = probe();
    return typeof drone[$refId] === "number";
  },
  "Schema[$changes]": () => typeof probe().drone[$changes] === "object",
  "Schema[$encoder]": () => {
    const { drone } = probe();
    drone.team = 3;
    const [index = -1] = fieldIndices(Drone, ["team"]);
    const to = { bytes: new Uint8Array(4), offset: 0 };
    encodeField(to, drone, index);
    return to.offset === 2 && to.bytes[0] === (ADD | index) && to.bytes[1] === 3;
  },
  "encode.number": () => {
    const to = { bytes: new Uint8Array(4), offset: 0 };
    encode.number(to.bytes, 100, to);
    return to.offset === 1 && to.bytes[0] === 100;
  },
  "Encoder.root.changes": () => {
    const { encoder } = probe();
    const isFilteredAtFirst = hasFilteredChanges(encoder);
    encoder.discardChanges();
    return isFilteredAtFirst && !hasFilteredChanges(encoder);
  },
};
