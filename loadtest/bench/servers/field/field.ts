/**
 * The field's world on the servers other than Fracas: Fracas' movement with collisions, and nothing else. All three share
 * it, so that they differ only in how they communicate with their clients.
 */
import { arenaOf, type FieldScenario, type Path, pathsOf, sidePx } from "#loadtest/bench/scenarios/field.ts";
import { CommandQueue } from "#loadtest/bench/servers/commandQueue.ts";
import type { Member, RoomWorld } from "#loadtest/bench/servers/roomWorld.ts";
import { CellGrid } from "#server/rooms/sync/cellGrid.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { moveDrone } from "#shared/sim/movement.ts";
import type { DroneBody } from "#shared/sim/world.ts";
import { DRONE } from "#shared/tuning.ts";

export interface Body extends DroneBody, Member {}

interface Place {
  x: number;
  y: number;
  hp: number;
}

/** Two hulls, plus the way of two commands: bodies farther apart cannot collide within a tick. */
const REACH_PX = 2 * DRONE.radiusPx + 2 * 12;

export class Field implements RoomWorld<Body> {
  readonly kind = "field";
  readonly #arena: Arena;
  readonly #paths: readonly Path[];
  readonly #grid: CellGrid;
  readonly #bodies: Body[] = [];
  /** Positions at the start of the tick, by index in `bodies`. */
  readonly #places: Place[] = [];
  readonly #near: Place[] = [];
  /** The same positions as arrays, for the grid. */
  readonly #numbers: Int32Array;
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;
  tick = 0;

  constructor(scenario: FieldScenario) {
    this.#arena = arenaOf(scenario);
    this.#paths = pathsOf(scenario);
    this.#grid = new CellGrid(sidePx(scenario), sidePx(scenario), 2 * REACH_PX);
    this.#numbers = Int32Array.from({ length: scenario.players }, (_, index) => index);
    this.#xs = new Float64Array(scenario.players);
    this.#ys = new Float64Array(scenario.players);
  }

  get bodies(): readonly Body[] {
    return this.#bodies;
  }

  /** Throws if the scenario has no such player. */
  add(player: number, id = String(player)): Body {
    const path = this.#paths[player];
    if (!path) throw new Error(`the scenario has no player ${player}`);
    const body: Body = {
      id,
      player,
      queue: new CommandQueue(),
      x: path.startX,
      y: path.startY,
      vx: 0,
      vy: 0,
      aim: path.command(0).aim,
      hp: DRONE.hp,
      cooldownTicks: 0,
      special: 0,
      ammo: 0,
      specialCooldownTicks: 0,
      dashTicks: 0,
      dashCooldownTicks: 0,
      hasteTicks: 0,
      overchargeTicks: 0,
    };
    this.#bodies.push(body);
    this.#places.push({ x: body.x, y: body.y, hp: body.hp });
    return body;
  }

  remove(id: string): void {
    const index = this.#bodies.findIndex((body) => body.id === id);
    if (index < 0) return;
    this.#bodies.splice(index, 1);
    this.#places.splice(index, 1);
  }

  step(): void {
    this.tick++;
    for (const [index, place] of this.#places.entries()) {
      const body = this.#bodies[index];
      if (!body) continue;
      place.x = this.#xs[index] = body.x;
      place.y = this.#ys[index] = body.y;
    }
    this.#grid.fill(this.#numbers, this.#places.length, this.#xs, this.#ys);
    for (const [index, body] of this.#bodies.entries()) {
      for (const command of body.queue.take(body.aim)) {
        body.aim = command.aim;
        moveDrone(body, command, this.#arena, this.blockersOf(index));
      }
    }
  }

  /** The positions that the body at this index of `bodies` may collide with. The array is reused by the next call. */
  blockersOf(index: number): readonly Place[] {
    const near = this.#near;
    near.length = 0;
    const own = this.#places[index];
    if (!own) return near;
    const lastColumn = this.#grid.column(own.x + REACH_PX);
    const lastRow = this.#grid.row(own.y + REACH_PX);
    const firstColumn = this.#grid.column(own.x - REACH_PX);
    for (let row = this.#grid.row(own.y - REACH_PX); row <= lastRow; row++) {
      const end = this.#grid.end(row, lastColumn);
      for (let at = this.#grid.start(row, firstColumn); at < end; at++) this.#consider(at, index, own);
    }
    // The order of Fracas' own step: among several collisions the leftmost pushes first.
    return near.sort((a, b) => a.x - b.x);
  }

  #consider(at: number, index: number, own: Place): void {
    const other = this.#grid.order[at] ?? 0;
    const place = this.#places[other];
    if (!place || other === index) return;
    if (Math.abs(place.x - own.x) < REACH_PX && Math.abs(place.y - own.y) < REACH_PX) this.#near.push(place);
  }
}
