/**
 * Where every drone was at the last patches, for lag compensation. A drone has a slot; a record is a row of all slots'
 * places, written from left to right, and the rows are a ring. Colyseus' Rewind has three arrays and an object a drone,
 * each to be fetched from memory at every patch. Between two records a place is interpolated as clients do it, and as
 * Rewind does, to the bit.
 */
import { grown } from "#server/rooms/grown.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { Place } from "#shared/sim/sight.ts";

const FIRST_SLOTS = 32;
/** Records beyond the reach: for patches that come late, and to interpolate towards the oldest time. */
const SPARE_RECORDS = 4;

export class History {
  /** By row: the time of its record, ms. Record r is in row r % rows. */
  readonly #times: Float64Array;
  /** Number of records so far. */
  #records = 0;
  readonly #slots = new Map<Drone, number>();
  readonly #freeSlots: number[] = [];
  #slotCount = 0;
  /** By row and slot: place, px. */
  #xs: Float64Array[];
  #ys: Float64Array[];
  /** By slot: the drone's first record, and its newest. */
  #first = new Int32Array(FIRST_SLOTS);
  #newest = new Int32Array(FIRST_SLOTS);

  /** Reaches back by `reachMs`, with a record every `recordMs`. */
  constructor(reachMs: number, recordMs: number) {
    this.#times = new Float64Array(Math.ceil(reachMs / recordMs) + SPARE_RECORDS);
    this.#xs = Array.from(this.#times, () => new Float64Array(FIRST_SLOTS));
    this.#ys = Array.from(this.#times, () => new Float64Array(FIRST_SLOTS));
  }

  /** Time of the newest record, ms; -1 before the first. */
  get newestMs(): number {
    return this.#records === 0 ? -1 : this.#timeOf(this.#records - 1);
  }

  /** Notes where the drones are at `atMs`, which must be later than the newest record. Forgets drones that are not among them. */
  record(atMs: number, drones: Iterable<Drone>): void {
    const record = this.#records++;
    const row = record % this.#times.length;
    this.#times[row] = atMs;
    let count = 0;
    for (const drone of drones) {
      const slot = this.#slots.get(drone) ?? this.#assignSlot(drone, record);
      (this.#xs[row] as Float64Array)[slot] = drone.x;
      (this.#ys[row] as Float64Array)[slot] = drone.y;
      this.#newest[slot] = record;
      count++;
    }
    if (count < this.#slots.size) this.#releaseSlots(record);
  }

  /** The drone's place at `atMs`, within what is recorded of it; its present place when nothing is. */
  placeAt(drone: Drone, atMs: number): Place {
    const slot = this.#slots.get(drone);
    if (slot === undefined) return { x: drone.x, y: drone.y };
    const newest = this.#records - 1;
    const oldest = Math.max(this.#first[slot] as number, this.#records - this.#times.length);
    if (atMs <= this.#timeOf(oldest)) return this.#placeIn(slot, oldest);
    if (atMs >= this.#timeOf(newest)) return this.#placeIn(slot, newest);
    // Most questions are about the newest records.
    let after = newest;
    while (this.#timeOf(after - 1) >= atMs) after--;
    const from = this.#placeIn(slot, after - 1);
    const to = this.#placeIn(slot, after);
    const fromMs = this.#timeOf(after - 1);
    const share = (atMs - fromMs) / (this.#timeOf(after) - fromMs);
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  }

  #timeOf(record: number): number {
    return this.#times[record % this.#times.length] as number;
  }

  #placeIn(slot: number, record: number): Place {
    const row = record % this.#times.length;
    return { x: this.#xs[row]?.[slot] as number, y: this.#ys[row]?.[slot] as number };
  }

  #assignSlot(drone: Drone, record: number): number {
    const slot = this.#freeSlots.pop() ?? this.#slotCount++;
    this.#slots.set(drone, slot);
    if (slot === this.#first.length) this.#grow();
    this.#first[slot] = record;
    return slot;
  }

  #releaseSlots(record: number): void {
    for (const [drone, slot] of this.#slots) {
      if (this.#newest[slot] === record) continue;
      this.#slots.delete(drone);
      this.#freeSlots.push(slot);
    }
  }

  #grow(): void {
    const slots = 2 * this.#first.length;
    this.#first = grown(this.#first, new Int32Array(slots));
    this.#newest = grown(this.#newest, new Int32Array(slots));
    this.#xs = this.#xs.map((row) => grown(row, new Float64Array(slots)));
    this.#ys = this.#ys.map((row) => grown(row, new Float64Array(slots)));
  }
}
