/** Watches one match of a trial: what happened where, and what each side did. */
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { HILL } from "#shared/modes/kingOfTheHill.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { isAlive } from "#shared/sim/world.ts";
import type { BotTick } from "./botMatch.ts";
import { HEAT_NAMES, type HeatName, recordOf, type Trial } from "./trial.ts";

/** A drone that is destroyed this soon after its spawn had no chance to get away. */
export const SPAWN_DEATH_TICKS = 3 * TICKS_PER_SEC;

type Seen = Pick<Trial, "kills" | "pickups" | "spawns" | "hills" | "flagsTaken" | "flagsCaptured" | "heat">;

export class PlaceWitness {
  readonly #arena: Arena;
  readonly #heat: Record<HeatName, number[]>;
  readonly #kills: [number, number] = [0, 0];
  readonly #flagsTaken: [number, number] = [0, 0];
  readonly #flagsCaptured: [number, number] = [0, 0];
  readonly #pickups: [number, number][];
  readonly #hills: { ticks: number; held: [number, number] }[];
  readonly #spawns: { spawns: number; deaths: number }[];
  /** Index of each pickup and spawn point by its place. */
  readonly #pickupAt: ReadonlyMap<string, number>;
  readonly #spawnAt: ReadonlyMap<string, number>;
  /** The spawn point and the tick of each drone's present life. */
  readonly #lives = new Map<string, { point: number; sinceTick: number }>();

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#heat = recordOf(HEAT_NAMES, () => new Array<number>(arena.columns * arena.rows).fill(0));
    this.#pickups = arena.pickups.map(() => [0, 0]);
    this.#hills = arena.hills.map(() => ({ ticks: 0, held: [0, 0] }));
    this.#spawns = arena.spawns.map(() => ({ spawns: 0, deaths: 0 }));
    this.#pickupAt = indexByPlace(arena.pickups);
    this.#spawnAt = indexByPlace(arena.spawns);
  }

  note(world: ArenaWorld, { events }: BotTick): void {
    for (const event of events) this.#noteEvent(world, event);
    for (const drone of world.state.drones.values()) {
      if (drone.lastFiredTick === world.state.tick) this.#mark("shots", drone);
      if (isAlive(drone)) this.#mark("ways", drone);
    }
    if (world.rules.mode === "kingOfTheHill") this.#noteHill(world);
  }

  /** Call it once, after the last tick, with the places where bots got stuck. */
  result(stuck: readonly Place[]): Seen {
    for (const place of stuck) this.#mark("stuck", place);
    return {
      ...{ kills: this.#kills, flagsTaken: this.#flagsTaken, flagsCaptured: this.#flagsCaptured },
      ...{ pickups: this.#pickups, spawns: this.#spawns, hills: this.#hills, heat: this.#heat },
    };
  }

  #noteHill({ state, hillIndex }: ArenaWorld): void {
    const hill = this.#hills[hillIndex % this.#hills.length];
    if (!hill) return;
    hill.ticks++;
    const side = state.hill.holder - HILL.held;
    if (side === 0 || side === 1) hill.held[side]++;
  }

  #noteEvent(world: ArenaWorld, event: SimEvent): void {
    if (event.type === "spawn") this.#noteSpawn(event, world.state.tick);
    else if (event.type === "explode") this.#noteDeath(event, world.state.tick);
    else if (event.type === "kill" && event.killer !== event.victim)
      this.#kills[sideOf(world, event.killer)]++;
    else if (event.type === "pickup") {
      const taken = this.#pickups[this.#pickupAt.get(keyOf(event)) ?? -1];
      if (taken) taken[sideOf(world, event.drone)]++;
    } else if (event.type === "flag" && event.what === "taken")
      this.#flagsTaken[sideOf(world, event.drone)]++;
    else if (event.type === "flag" && event.what === "captured")
      this.#flagsCaptured[sideOf(world, event.drone)]++;
  }

  #noteSpawn(event: Extract<SimEvent, { type: "spawn" }>, tick: number): void {
    const point = this.#spawnAt.get(keyOf(event)) ?? -1;
    const figures = this.#spawns[point];
    if (figures) figures.spawns++;
    this.#lives.set(event.drone, { point, sinceTick: tick });
  }

  #noteDeath(event: Extract<SimEvent, { type: "explode" }>, tick: number): void {
    this.#mark("deaths", event);
    const life = this.#lives.get(event.drone);
    if (!life || tick - life.sinceTick > SPAWN_DEATH_TICKS) return;
    this.#mark("spawnDeaths", event);
    const figures = this.#spawns[life.point];
    if (figures) figures.deaths++;
  }

  #mark(name: HeatName, { x, y }: Place): void {
    const { tilePx, columns } = this.#arena;
    const cell = Math.floor(y / tilePx) * columns + Math.floor(x / tilePx);
    const heat = this.#heat[name];
    heat[cell] = (heat[cell] ?? 0) + 1;
  }
}

const keyOf = ({ x, y }: Place) => `${x} ${y}`;

const indexByPlace = (places: readonly Place[]): Map<string, number> =>
  new Map(places.map((place, index) => [keyOf(place), index]));

/** The first side without teams, for a drone's number is then no side. */
const sideOf = ({ state, rules }: ArenaWorld, id: string): 0 | 1 =>
  isTeamed(rules) && state.drones.get(id)?.team === 1 ? 1 : 0;
