/**
 * The numbers by which patches name what they speak of. Colyseus counts up for as long as a room is open, a number for
 * each shot, and soon they take three bytes, then five. Drones are in every patch, so the numbers of one and two bytes
 * are theirs.
 */
import { $refId, type ChangeTree, Root, type TypeContext } from "@colyseus/schema";
import { Drone } from "#shared/schema/state.ts";

/** Below this a number takes two bytes at most, below 128 one. */
const FIRST_LONG = 256;
/** A number rests until so many others have been given: a patch hardly ever says that one has changed hands. */
const RESTING = 32;

export class RefIds extends Root {
  /** 0 is the state's own. What has been free for longest comes first. */
  readonly #short = Array.from({ length: FIRST_LONG - 1 }, (_, index) => index + 1);

  constructor(types: TypeContext) {
    super(types, FIRST_LONG);
  }

  override add(tree: ChangeTree): boolean {
    const { ref } = tree;
    const isNewDrone = ref instanceof Drone && ref[$refId] === undefined;
    const number = isNewDrone && this.#short.length > RESTING ? this.#short.shift() : undefined;
    if (number !== undefined) setRefId(ref, number);
    return super.add(tree);
  }

  override remove(tree: ChangeTree): number {
    const left = super.remove(tree);
    const number = tree.ref[$refId];
    if (left > 0 || number === undefined) return left;
    if (tree.ref instanceof Drone && number < FIRST_LONG) this.#short.push(number);
    // Colyseus remembers all numbers there ever were, should their bearers come back: here none ever does.
    delete this.refCount[number];
    return left;
  }
}

/** As Colyseus gives one: out of sight of whoever lists an instance's fields. */
export function setRefId(ref: object, number: number): void {
  Object.defineProperty(ref, $refId, { value: number, enumerable: false, writable: true });
}
