/**
 * The floor's patches in a fight (wires/floorFightWire.ts). Each drone, and what the whole room learns, is packed once;
 * each client's patch is its own head, the drones in its view, and the room's bytes.
 */
import { HALF_HEIGHT_PX, HALF_WIDTH_PX } from "#loadtest/bench/servers/field/floorPatch.ts";
import { PatchBlocks } from "#loadtest/bench/servers/patchBlocks.ts";
import { ENTRY_BYTES, OWN_FIELDS, TAKEN, WEAPON_NAMES } from "#loadtest/bench/wires/floorFightWire.ts";
import { aimByte, aimWord, HEAD_BYTES, STEPS_PER_PX, writeHead } from "#loadtest/bench/wires/floorWire.ts";
import type { Drone, Projectile } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { isAlive } from "#shared/sim/world.ts";
import type { Fight, Fighter } from "./fight.ts";
import { Section } from "./section.ts";

/** The parts of a patch that are the same for the whole room, in the order of the wire. */
const newSections = () => ({
  vitals: new Section(ENTRY_BYTES.vitals),
  shots: new Section(ENTRY_BYTES.shot),
  hits: new Section(ENTRY_BYTES.hit),
  kills: new Section(ENTRY_BYTES.kill),
  beams: new Section(ENTRY_BYTES.beam),
  pickups: new Section(ENTRY_BYTES.pickup),
});

export class FightPatches {
  readonly #fight: Fight;
  readonly #blocks = new PatchBlocks();
  readonly #sections = newSections();
  /** All sections, as they were at `read`. */
  #room = Buffer.alloc(0);
  /** The living drones at `read`, with their packed bytes in the same order. */
  readonly #living: Drone[] = [];
  readonly #packed: Buffer;
  /** What clients know: vitals by drone, as one number; the places of pickups; own fields by drone. */
  #vitals = new WeakMap<Drone, number>();
  #pickups = new Set<string>();
  #own = new WeakMap<Drone, Uint8Array>();
  #lastShot = 0;

  constructor(fight: Fight, capacity: number) {
    this.#fight = fight;
    this.#packed = Buffer.alloc(capacity * ENTRY_BYTES.drone);
  }

  /** A client that joins, or has missed a patch, knows nothing: the next patch names everything again. */
  startOver(): void {
    this.#vitals = new WeakMap();
    this.#pickups = new Set();
    this.#own = new WeakMap();
  }

  /** To be called after each tick with its events. */
  stepped(events: readonly SimEvent[]): void {
    for (const event of events) this.#addEvent(event);
    const { lastProjectileId, state } = this.#fight.world;
    while (this.#lastShot < lastProjectileId) {
      const shot = state.projectiles.get(String(++this.#lastShot));
      // None if it hit somebody in the tick in which it was fired.
      if (shot) this.#addShot(shot);
    }
  }

  /** Call it once a patch, before `patchFor`. */
  read(): void {
    this.#living.length = 0;
    for (const { id, drone } of this.#fight.fighters.values()) {
      const seat = Number(id);
      this.#addVitals(seat, drone);
      if (isAlive(drone)) this.#packDrone(seat, drone);
    }
    this.#addPickups();
    const sections = Object.values(this.#sections);
    this.#room = Buffer.concat(sections.map(({ bytes, length }) => bytes.subarray(0, length)));
    for (const section of sections) section.clear();
  }

  /** The whole frame for this player. */
  patchFor(eye: Fighter): Buffer {
    const { tick } = this.#fight;
    const start = this.#blocks.reserve(
      HEAD_BYTES + 1 + OWN_FIELDS.length + 1 + this.#packed.length + this.#room.length,
    );
    writeHead(this.#blocks.bytes, start, { tick, ack: eye.queue.taken }, eye.drone);
    const end = this.#writeView(eye.drone, this.#writeOwn(eye.drone, start + HEAD_BYTES));
    return this.#blocks.finish(end + this.#room.copy(this.#blocks.bytes, end));
  }

  /** Returns the offset after the own fields. */
  #writeOwn(drone: Drone, at: number): number {
    const { bytes } = this.#blocks;
    let known = this.#own.get(drone);
    let isChanged = known === undefined;
    known ??= new Uint8Array(OWN_FIELDS.length);
    for (let field = 0; field < OWN_FIELDS.length; field++) {
      const value = drone[OWN_FIELDS[field] ?? "ammo"];
      isChanged ||= known[field] !== value;
      known[field] = value;
    }
    this.#own.set(drone, known);
    bytes[at] = isChanged ? 1 : 0;
    if (!isChanged) return at + 1;
    bytes.set(known, at + 1);
    return at + 1 + known.length;
  }

  /** Returns the offset after the last drone. */
  #writeView(eye: Drone, start: number): number {
    const { bytes } = this.#blocks;
    const packed = this.#packed;
    let to = start + 1;
    for (let at = 0; at < this.#living.length; at++) {
      const { x = 0, y = 0 } = this.#living[at] ?? {};
      if (Math.abs(x - eye.x) >= HALF_WIDTH_PX || Math.abs(y - eye.y) >= HALF_HEIGHT_PX) continue;
      const from = at * ENTRY_BYTES.drone;
      for (let byte = 0; byte < ENTRY_BYTES.drone; byte++) bytes[to + byte] = packed[from + byte] ?? 0;
      to += ENTRY_BYTES.drone;
    }
    bytes[start] = (to - start - 1) / ENTRY_BYTES.drone;
    return to;
  }

  #packDrone(seat: number, drone: Drone): void {
    const packed = this.#packed;
    const at = this.#living.push(drone) * ENTRY_BYTES.drone - ENTRY_BYTES.drone;
    packed[at] = seat;
    writePlace(packed, at + 1, drone.x, drone.y);
    packed[at + 5] = aimByte(drone.aim);
    packed[at + 6] = drone.status;
  }

  #addVitals(seat: number, drone: Drone): void {
    const { hp, shield, score } = drone;
    const vitals = hp | (shield << 8) | ((score & 0x7fff) << 16);
    if (this.#vitals.get(drone) === vitals) return;
    this.#vitals.set(drone, vitals);
    const { bytes } = this.#sections.vitals;
    const at = this.#sections.vitals.add();
    bytes[at] = seat;
    bytes[at + 1] = hp;
    bytes[at + 2] = shield;
    bytes.writeInt16LE(score, at + 3);
  }

  #addPickups(): void {
    const { pickups } = this.#fight.world.state;
    for (const [place, { kind }] of pickups.entries()) {
      if (this.#pickups.has(place)) continue;
      this.#pickups.add(place);
      this.#addPickup(place, kind);
    }
    if (this.#pickups.size === pickups.size) return;
    for (const place of this.#pickups) {
      if (pickups.get(place)) continue;
      this.#pickups.delete(place);
      this.#addPickup(place, TAKEN);
    }
  }

  #addPickup(place: string, kind: number): void {
    const { bytes } = this.#sections.pickups;
    const at = this.#sections.pickups.add();
    bytes[at] = Number(place);
    bytes[at + 1] = kind;
  }

  #addShot({ owner, x, y, aim, weapon, reach, bornTick }: Projectile): void {
    const { bytes } = this.#sections.shots;
    const at = this.#sections.shots.add();
    bytes[at] = Number(owner);
    writePlace(bytes, at + 1, x, y);
    bytes.writeUInt16LE(aimWord(aim), at + 5);
    bytes[at + 7] = weapon;
    bytes[at + 8] = reach ?? 0;
    bytes[at + 9] = bornTick & 0xff;
  }

  #addEvent(event: SimEvent): void {
    const { hits, kills, beams } = this.#sections;
    if (event.type === "hit") {
      const at = hits.add();
      hits.bytes[at] = Number(event.victim);
      hits.bytes[at + 1] = Number(event.shooter);
      hits.bytes[at + 2] = event.damage;
      writePlace(hits.bytes, at + 3, event.x, event.y);
    } else if (event.type === "kill") {
      const at = kills.add();
      kills.bytes[at] = Number(event.victim);
      kills.bytes[at + 1] = Number(event.killer);
      kills.bytes[at + 2] = WEAPON_NAMES.indexOf(event.weapon);
    } else if (event.type === "beam") {
      const at = beams.add();
      beams.bytes[at] = Number(event.shooter);
      writePlace(beams.bytes, at + 1, event.x, event.y);
      writePlace(beams.bytes, at + 5, event.toX, event.toY);
    }
  }
}

/** A place that was computed may be a fraction of a step outside of the map. */
function writePlace(bytes: Buffer, at: number, x: number, y: number): void {
  bytes.writeUInt16LE(Math.max(0, Math.round(x * STEPS_PER_PX)), at);
  bytes.writeUInt16LE(Math.max(0, Math.round(y * STEPS_PER_PX)), at + 2);
}
