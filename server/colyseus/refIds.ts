/**
 * Gives drones the short ref IDs, the numbers by which a patch names its instances. Colyseus counts up for as long as a
 * room is open, one number per shot, so that IDs soon take three bytes, then five. Drones are in every patch: the IDs of
 * one and two bytes are reserved for them and reused.
 */
import { $refId, type ChangeTree, Encoder, Root, type Schema, TypeContext } from "@colyseus/schema";
import { ArenaState, Drone } from "#shared/schema/state.ts";
import { setRefId } from "./schemaInternals.ts";

/** Smaller IDs take at most two bytes, those below 128 one. */
const FIRST_LONG_ID = 256;
/** A returned ID is reused only while this many others are free, so that a patch rarely frees and reassigns one. */
const RESTING_IDS = 32;

class RefIds extends Root {
  /** Free short IDs, longest free first. 0 belongs to the state itself. */
  readonly #short = Array.from({ length: FIRST_LONG_ID - 1 }, (_, index) => index + 1);

  constructor(types: TypeContext) {
    super(types, FIRST_LONG_ID);
  }

  override add(tree: ChangeTree): boolean {
    const { ref } = tree;
    const isNewDrone = ref instanceof Drone && ref[$refId] === undefined;
    const refId = isNewDrone && this.#short.length > RESTING_IDS ? this.#short.shift() : undefined;
    if (refId !== undefined) setRefId(ref, refId);
    return super.add(tree);
  }

  override remove(tree: ChangeTree): number {
    const left = super.remove(tree);
    const refId = tree.ref[$refId];
    if (left > 0 || refId === undefined) return left;
    if (tree.ref instanceof Drone && refId < FIRST_LONG_ID) this.#short.push(refId);
    // Colyseus keeps the count of every ID in case its instance returns to the state; ours never do.
    delete this.refCount[refId];
    return left;
  }
}

/** An encoder whose root assigns short IDs to drones. The state itself must have ID 0, as Colyseus' clients expect. */
export function createEncoder(state: ArenaState): Encoder<ArenaState> {
  setRefId(state, 0);
  return new Encoder(state, new RefIds(TypeContext.cache(ArenaState as unknown as typeof Schema)));
}

/** This file's reaches into Colyseus, each with a probe that says whether the installed version has it. */
export const REF_ID_REACHES: Readonly<Record<string, () => boolean>> = {
  "Root's first ref ID": () => {
    const state = new ArenaState();
    createEncoder(state);
    return state[$refId] === 0 && (state.drones as { [$refId]?: number })[$refId] === FIRST_LONG_ID;
  },
  "Root.add": () => {
    const state = new ArenaState();
    const encoder = createEncoder(state);
    const drone = new Drone();
    state.drones.set("probe", drone);
    return drone[$refId] === 1 && encoder.root.changeTrees[1]?.ref === drone;
  },
  "Root.refCount": () => {
    const state = new ArenaState();
    const encoder = createEncoder(state);
    state.drones.set("probe", new Drone());
    const isCounted = encoder.root.refCount[1] === 1;
    state.drones.delete("probe");
    return isCounted && encoder.root.refCount[1] === undefined;
  },
};
