/**
 * Where every entity is in this patch: read from the state once, for all clients. An entity has a slot for as long as
 * it is in the state; what the views ask most often stands in flat arrays indexed by slot.
 */
import { grown } from "#server/rooms/grown.ts";
import type { Arena } from "#shared/arena/arena.ts";
import type { ArenaState, Drone } from "#shared/schema/state.ts";
import { isConcealed } from "#shared/sim/concealment.ts";
import { placeOfProjectile } from "#shared/sim/projectile.ts";
import { CellGrid } from "./cellGrid.ts";
import { type Entity, EntityEncoder, type EntityMapName } from "./entityEncoder.ts";

/** About a sixth of a view's width: a view covers few cells, and few entities in them lie outside it. */
const CELL_PX = 256;

/** The largest value of an Int32Array. */
const MAX_MARK = 2 ** 31 - 1;

export class EntityTable {
  readonly #arena: Arena;
  readonly #state: ArenaState;
  readonly #slots = new Map<Entity, number>();
  readonly #freeSlots: number[] = [];
  /** Slots that have been assigned once, free ones included. */
  #slotCount = 0;
  /** Slots of all entities in the state, sorted by cell. */
  readonly grid: CellGrid;
  /** The encoded entities of this patch, by slot. */
  readonly encoder = new EntityEncoder();
  /** By slot: position, px. */
  xs = new Float64Array(0);
  ys = new Float64Array(0);
  /** By slot: 1 when a bush hides the entity from drones that are not close. */
  concealed = new Uint8Array(0);
  /** By slot: one of NEWS. */
  news = new Uint8Array(0);
  /** By slot: number of the newest patch that the entity was in. */
  lastPatch = new Int32Array(0);
  /** By slot: scratch space for a view to mark which entities it has visited. */
  marks = new Int32Array(0);
  #mark = 0;
  /** Slots of all entities in the state, unordered: the first #count. */
  #inState = new Int32Array(0);
  #count = 0;
  /** Number of the current patch. */
  patch = 0;

  constructor(arena: Arena, state: ArenaState) {
    this.#arena = arena;
    this.#state = state;
    this.grid = new CellGrid(arena.widthPx, arena.heightPx, CELL_PX);
  }

  /** A value that no entry of `marks` has. */
  newMark(): number {
    // A large room uses up all values in a few days.
    if (this.#mark === MAX_MARK) {
      this.marks.fill(0);
      this.#mark = 0;
    }
    return ++this.#mark;
  }

  slotOf(entity: Entity): number | undefined {
    return this.#slots.get(entity);
  }

  /** The slot of a drone that may be new in the state. */
  slotOfDrone(id: string, drone: Drone): number {
    return this.#slots.get(drone) ?? this.#assignSlot("drones", id, drone);
  }

  /**
   * Reads the state and encodes all entities. Called once a patch. An entity that has left the state keeps its slot for
   * this patch, so that every view can notice.
   */
  update(): void {
    this.#releaseSlots();
    this.patch++;
    this.#count = 0;
    this.encoder.begin(this.patch);
    const { drones, projectiles, pickups, tick } = this.#state;
    drones.forEach((drone, key) => {
      const slot = this.#place("drones", key, drone, drone.x, drone.y);
      this.concealed[slot] = isConcealed(this.#arena, drone, tick) ? 1 : 0;
    });
    projectiles.forEach((projectile, key) => {
      const { x, y } = placeOfProjectile(projectile, this.#arena, tick - projectile.bornTick);
      this.#place("projectiles", key, projectile, x, y);
    });
    pickups.forEach((pickup, key) => void this.#place("pickups", key, pickup, pickup.x, pickup.y));
    this.grid.fill(this.#inState, this.#count, this.xs, this.ys);
  }

  #place(map: EntityMapName, key: string, entity: Entity, x: number, y: number): number {
    const slot = this.#slots.get(entity) ?? this.#assignSlot(map, key, entity);
    this.xs[slot] = x;
    this.ys[slot] = y;
    this.lastPatch[slot] = this.patch;
    this.news[slot] = this.encoder.encode(slot);
    this.#inState[this.#count++] = slot;
    return slot;
  }

  #assignSlot(map: EntityMapName, key: string, entity: Entity): number {
    const slot = this.#freeSlots.pop() ?? this.#slotCount++;
    if (slot >= this.xs.length) this.#grow();
    this.#slots.set(entity, slot);
    this.encoder.assign(slot, map, key, entity);
    // It is in the next patch at the earliest; until then it has not left.
    this.lastPatch[slot] = this.patch;
    // Bushes hide drones only.
    this.concealed[slot] = 0;
    return slot;
  }

  #releaseSlots(): void {
    if (this.#slots.size === this.#count) return;
    for (const [entity, slot] of this.#slots) {
      if (this.lastPatch[slot] === this.patch) continue;
      this.#slots.delete(entity);
      this.encoder.release(slot);
      this.#freeSlots.push(slot);
    }
  }

  #grow(): void {
    const length = Math.max(64, 2 * this.xs.length);
    this.xs = grown(this.xs, new Float64Array(length));
    this.ys = grown(this.ys, new Float64Array(length));
    this.concealed = grown(this.concealed, new Uint8Array(length));
    this.news = grown(this.news, new Uint8Array(length));
    this.lastPatch = grown(this.lastPatch, new Int32Array(length));
    this.marks = grown(this.marks, new Int32Array(length));
    this.#inState = grown(this.#inState, new Int32Array(length));
    this.encoder.grow(length);
  }
}
