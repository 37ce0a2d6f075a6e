/**
 * Where everything is at this patch, and what there is to say of it: read once, for every client asks. Each entity has
 * a slot for as long as it is in the state, and what is asked most stands in flat arrays by slot.
 */
import type { Arena } from "#shared/arena/arena.ts";
import type { ArenaState, Drone, Pickup, Projectile } from "#shared/schema/state.ts";
import { isConcealed } from "#shared/sim/concealment.ts";
import { placeOfProjectile } from "#shared/sim/projectile.ts";
import { CellGrid } from "./cellGrid.ts";
import { Motion } from "./poseEncoder.ts";

/** About a sixth of a view: few cells to look at, and few in them that are out of view. */
const CELL_PX = 256;

/** Of an Int32Array. */
const MOST_MARKS = 2 ** 31 - 1;

export type Entity = Drone | Projectile | Pickup;

export class EntityTable {
  readonly #arena: Arena;
  readonly #state: ArenaState;
  readonly #slots = new Map<Entity, number>();
  readonly #free: number[] = [];
  /** Slots of all that is in the state, cell by cell. */
  readonly grid: CellGrid;
  /** By slot; undefined where nothing is. */
  readonly entities: (Entity | undefined)[] = [];
  /** Everything that moves, as this patch tells it. */
  readonly motion = new Motion();
  /** By slot: px. */
  xs = new Float64Array(0);
  ys = new Float64Array(0);
  /** By slot: whether a bush hides it from who is not close. */
  concealed = new Uint8Array(0);
  /** By slot: number of the first and of the last patch with it. */
  firstPatch = new Int32Array(0);
  lastPatch = new Int32Array(0);
  /** By slot: for whoever goes through all, to note what has been met. */
  marks = new Int32Array(0);
  #mark = 0;
  #inState = new Int32Array(0);
  #count = 0;
  /** Number of this patch. */
  patch = 0;

  constructor(arena: Arena, state: ArenaState) {
    this.#arena = arena;
    this.#state = state;
    this.grid = new CellGrid(arena.widthPx, arena.heightPx, CELL_PX);
  }

  /** Slots of all that is in the state, in no order. */
  get inState(): Int32Array {
    return this.#inState.subarray(0, this.#count);
  }

  /** One that nothing is marked with. */
  newMark(): number {
    // A large room uses them up in some days.
    if (this.#mark === MOST_MARKS) {
      this.marks.fill(0);
      this.#mark = 0;
    }
    return ++this.#mark;
  }

  slotOf(entity: Entity): number | undefined {
    return this.#slots.get(entity);
  }

  /** Once a patch. What is gone keeps its slot for this one, so that every view can see that it is. */
  read(): void {
    this.#freeSlots();
    this.patch++;
    this.#count = 0;
    const { drones, projectiles, pickups, tick } = this.#state;
    this.motion.clear(drones.size);
    for (const drone of drones.values()) {
      const slot = this.#put(drone, drone.x, drone.y);
      this.concealed[slot] = isConcealed(this.#arena, drone, tick) ? 1 : 0;
      this.motion.encode(slot);
    }
    for (const projectile of projectiles.values()) {
      const { x, y } = placeOfProjectile(projectile, this.#arena, tick - projectile.bornTick);
      this.#put(projectile, x, y);
    }
    for (const pickup of pickups.values()) this.#put(pickup, pickup.x, pickup.y);
    this.grid.fill(this.#inState, this.#count, this.xs, this.ys);
  }

  #put(entity: Entity, x: number, y: number): number {
    const slot = this.#slots.get(entity) ?? this.#giveSlot(entity);
    this.xs[slot] = x;
    this.ys[slot] = y;
    this.lastPatch[slot] = this.patch;
    this.#inState[this.#count++] = slot;
    return slot;
  }

  #giveSlot(entity: Entity): number {
    const slot = this.#free.pop() ?? this.entities.length;
    this.#slots.set(entity, slot);
    this.entities[slot] = entity;
    this.motion.put(slot, entity);
    if (slot >= this.xs.length) this.#grow();
    this.firstPatch[slot] = this.patch;
    // Bushes hide drones only.
    this.concealed[slot] = 0;
    return slot;
  }

  #freeSlots(): void {
    if (this.#slots.size === this.#count) return;
    for (const [entity, slot] of this.#slots) {
      if (this.lastPatch[slot] === this.patch) continue;
      this.#slots.delete(entity);
      this.entities[slot] = undefined;
      this.motion.put(slot, undefined);
      this.#free.push(slot);
    }
  }

  #grow(): void {
    const length = Math.max(64, 2 * this.xs.length);
    this.xs = grown(this.xs, new Float64Array(length));
    this.ys = grown(this.ys, new Float64Array(length));
    this.concealed = grown(this.concealed, new Uint8Array(length));
    this.firstPatch = grown(this.firstPatch, new Int32Array(length));
    this.lastPatch = grown(this.lastPatch, new Int32Array(length));
    this.marks = grown(this.marks, new Int32Array(length));
    this.#inState = grown(this.#inState, new Int32Array(length));
  }
}

function grown<Numbers extends Float64Array | Int32Array | Uint8Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
