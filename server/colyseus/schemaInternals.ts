/** Reaches into @colyseus/schema: the fields of an instance, its ref ID, and Colyseus' wire format of instances and maps. */
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
/** In Colyseus' wire format, ORed with a field's index, or in front of a map's entry: the value is set… */
export const ADD = 128;
/** …and here the entry is deleted. */
const DELETE = 64;

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

/** Writes that what follows belongs to the instance with this ref ID. */
export function encodeStructureSwitch(to: Target, refId: number): void {
  to.bytes[to.offset++] = SWITCH_TO_STRUCTURE;
  encode.number(to.bytes, refId, to);
}

/** Writes that the field with this index of the current instance holds the instance with this ref ID. */
export function encodeReference(to: Target, index: number, refId: number): void {
  to.bytes[to.offset++] = ADD | index;
  encode.number(to.bytes, refId, to);
}

/**
 * Writes that the current map holds the instance under this key. `index` stands for the key when the entry is deleted:
 * any number that no other entry of the client's map has.
 */
export function encodeEntry(to: Target, index: number, key: string, instance: Schema): void {
  to.bytes[to.offset++] = ADD;
  encode.number(to.bytes, index, to);
  encode.string(to.bytes, key, to);
  encode.number(to.bytes, refIdOf(instance), to);
}

/** Writes that the current map no longer holds the entry that was written with this index. */
export function encodeDeletion(to: Target, index: number): void {
  to.bytes[to.offset++] = DELETE;
  encode.number(to.bytes, index, to);
}

/** The number by which a patch names the instance. Throws when the instance is not in an encoder's state. */
export function refIdOf(instance: Pick<Schema, typeof $refId>): number {
  const refId = instance[$refId];
  if (refId === undefined) throw new Error("an instance outside the state has no ref ID");
  return refId;
}

/** Writes the field's current value with Colyseus' own encoder, whose first parameter only collections use. */
export function encodeField(to: Target, instance: Schema, index: number): void {
  const encoder = (instance.constructor as SchemaClass)[$encoder] as FieldEncoder;
  const changes = instance[$changes] as ChangeTree;
  encoder(undefined as never, to.bytes, changes, index, ADD, to, false, true);
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
};
