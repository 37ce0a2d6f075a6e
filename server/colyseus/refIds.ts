/**
 * Gives what is in most patches the short ref IDs, the numbers by which a patch names its instances. Colyseus counts up
 * for as long as a room is open, one number per shot, so that IDs soon take three bytes, then five. Here the numbers
 * below FIRST_COUNTED_ID are reserved for entities and reused.
 *
 * Each class has numbers of its own: a client that has missed a removal may still know the former instance of a number,
 * and a drone decoded into a projectile would be lost.
 */
import { $changes, $refId, type ChangeTree, Encoder, Root, type Schema, TypeContext } from "@colyseus/schema";
import { ArenaState, Drone, Pickup, Projectile } from "#shared/schema/state.ts";
import { setRefId } from "./schemaInternals.ts";

/** From here on Colyseus counts: the roster, the flags, and entities beyond the reserved numbers. */
const FIRST_COUNTED_ID = 2048;
/** Numbers first…end − 1. */
type Range = readonly [first: number, end: number];

/**
 * IDs below 128 take one byte, those below 256 two, the others three. 0 belongs to the state itself, 1 to 3 to its maps.
 * A drone is named in every patch that shows it, a projectile twice, and a pickup stays for long.
 */
const RANGES: readonly (readonly [entity: unknown, ranges: readonly Range[]])[] = [
  [
    Drone,
    [
      [4, 112],
      [128, 192],
      [256, 1024],
    ],
  ],
  [
    Projectile,
    [
      [112, 128],
      [192, 224],
      [1024, FIRST_COUNTED_ID],
    ],
  ],
  [Pickup, [[224, 256]]],
];

/** The free IDs of one class. */
class Pool {
  readonly #ranges: readonly Range[];
  /** By range, the shortest IDs first; in each, the longest free first. */
  readonly #free: number[][];
  /** Given back since the last patch. */
  #returned: number[] = [];

  constructor(ranges: readonly Range[]) {
    this.#ranges = ranges;
    this.#free = ranges.map(([first, end]) =>
      Array.from({ length: end - first }, (_, index) => first + index),
    );
  }

  /** Undefined when all are in use: then Colyseus counts. */
  take(): number | undefined {
    return this.#free.find((ids) => ids.length > 0)?.shift();
  }

  /** Takes an ID that is free, for an instance that had it in an earlier instance of the room. */
  claim(id: number): void {
    const ids = this.#free[this.#rangeOf(id)];
    const place = ids?.indexOf(id) ?? -1;
    if (place >= 0) ids?.splice(place, 1);
  }

  /**
   * Takes back an ID that this pool has given; it is free after the patch. In a patch that removes one entity and adds
   * another with the same ID, a client would decode the second into the first.
   */
  giveBack(id: number): void {
    this.#returned.push(id);
  }

  endPatch(): void {
    for (const id of this.#returned) {
      this.#free[this.#rangeOf(id)]?.push(id);
    }
    this.#returned.length = 0;
  }

  #rangeOf(id: number): number {
    return this.#ranges.findIndex(([first, end]) => id >= first && id < end);
  }
}

class RefIds extends Root {
  readonly #pools = new Map(RANGES.map(([entity, ranges]) => [entity, new Pool(ranges)]));

  constructor(types: TypeContext) {
    super(types, FIRST_COUNTED_ID);
  }

  override add(tree: ChangeTree): boolean {
    const { ref } = tree;
    const refId = ref[$refId] === undefined ? this.#pools.get(ref.constructor)?.take() : undefined;
    if (refId !== undefined) setRefId(ref, refId);
    return super.add(tree);
  }

  override remove(tree: ChangeTree): number {
    const left = super.remove(tree);
    const { ref } = tree;
    const refId = ref[$refId];
    // NaN for an instance that was removed before.
    if (!(left <= 0) || refId === undefined) return left;
    if (refId < FIRST_COUNTED_ID) this.#pools.get(ref.constructor)?.giveBack(refId);
    // Colyseus keeps the count of every ID in case its instance returns to the state; ours never do.
    delete this.refCount[refId];
    return left;
  }

  /** Gives the instance, which is not in the state yet, this ID. */
  claim(instance: object, refId: number): void {
    setRefId(instance, refId);
    if (refId < FIRST_COUNTED_ID) this.#pools.get(instance.constructor)?.claim(refId);
  }

  /** The next ID that Colyseus counts. */
  get next(): number {
    return this.nextUniqueId;
  }

  skipTo(next: number): void {
    this.nextUniqueId = Math.max(this.nextUniqueId, next);
  }

  endPatch(): void {
    for (const pool of this.#pools.values()) pool.endPatch();
  }
}

const refIdsOf = (state: ArenaState): RefIds | undefined => {
  const root = state[$changes]?.root;
  return root instanceof RefIds ? root : undefined;
};

/**
 * More than a room counts between its last snapshot and its end. A client that comes back to a restored room keeps its
 * decoded instances until the full state has arrived: another instance must not have the number of one of them.
 */
const SKIPPED_IDS = 1000;

/** The next number that no instance of the state has had. */
export const nextRefId = (state: ArenaState): number => refIdsOf(state)?.next ?? 0;

/** Call in a restored room before anything is added to its state. `next`: nextRefId of the snapshot. */
export const skipRefIds = (state: ArenaState, next: number): void =>
  refIdsOf(state)?.skipTo(next + SKIPPED_IDS);

/** Gives an instance the number that clients know it by, before it is added to the state. */
export const claimRefId = (state: ArenaState, instance: object, refId: number): void =>
  refIdsOf(state)?.claim(instance, refId);

/** 0 for an instance outside an encoder's state. */
export const knownRefId = (instance: object): number => refIdOf(instance) ?? 0;

/** To be called after each patch: what was removed in it gives up its ID. */
export function endPatch({ root }: Encoder<ArenaState>): void {
  if (root instanceof RefIds) root.endPatch();
}

/** An encoder whose root assigns short IDs. The state itself must have ID 0, as Colyseus' clients expect. */
export function createEncoder(state: ArenaState): Encoder<ArenaState> {
  for (const [refId, instance] of [state, state.drones, state.projectiles, state.pickups].entries()) {
    setRefId(instance, refId);
  }
  return new Encoder(state, new RefIds(TypeContext.cache(ArenaState as unknown as typeof Schema)));
}

const refIdOf = (instance: object): number | undefined => Reflect.get(instance, $refId);

/** This file's reaches into Colyseus, each with a probe that says whether the installed version has it. */
export const REF_ID_REACHES: Readonly<Record<string, () => boolean>> = {
  "Root's first ref ID": () => {
    const state = new ArenaState();
    createEncoder(state);
    return refIdOf(state) === 0 && refIdOf(state.drones) === 1 && refIdOf(state.flags) === FIRST_COUNTED_ID;
  },
  "Root.nextUniqueId": () => {
    const state = new ArenaState();
    createEncoder(state);
    const next = nextRefId(state);
    skipRefIds(state, next);
    const drone = new Drone();
    claimRefId(state, drone, 5);
    state.drones.set("claimed", drone);
    const others = [new Drone(), new Drone()] as const;
    for (const [index, other] of others.entries()) state.drones.set(String(index), other);
    const ids = [drone, ...others].map(refIdOf).join();
    return ids === "5,4,6" && nextRefId(state) === next + SKIPPED_IDS;
  },
  "Root.add": () => {
    const state = new ArenaState();
    const encoder = createEncoder(state);
    const drone = new Drone();
    state.drones.set("probe", drone);
    return refIdOf(drone) === 4 && encoder.root.changeTrees[4]?.ref === drone;
  },
  "Root.refCount": () => {
    const state = new ArenaState();
    const encoder = createEncoder(state);
    state.drones.set("probe", new Drone());
    const isCounted = encoder.root.refCount[4] === 1;
    state.drones.delete("probe");
    return isCounted && encoder.root.refCount[4] === undefined;
  },
};
