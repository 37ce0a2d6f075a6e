/** What the simulation works on. The schema classes satisfy these types; so do the plain objects of a prediction. */
import type { Arena } from "#shared/arena/arena.ts";
import type { ModeName, Phase } from "#shared/schema/names.ts";
import type { Award, Drone, Flag, Hill, Pickup, Projectile } from "#shared/schema/state.ts";
import type { Random } from "./random.ts";
import type { Rules } from "./rules.ts";
import type { Place } from "./sight.ts";

/** What a Map and Colyseus' MapSchema have in common. */
export interface EntityMap<Entity> {
  readonly size: number;
  get(id: string): Entity | undefined;
  set(id: string, entity: Entity): unknown;
  delete(id: string): boolean;
  clear(): void;
  values(): IterableIterator<Entity>;
  entries(): IterableIterator<[string, Entity]>;
}

/** The part of a drone that its own player predicts: everything that `driveDrone` reads or writes. */
export type DroneBody = Pick<Drone, (typeof DRONE_BODY_FIELDS)[number]>;
export const DRONE_BODY_FIELDS = [
  "x",
  "y",
  "vx",
  "vy",
  "aim",
  "hp",
  "cooldownTicks",
  "special",
  "ammo",
  "specialCooldownTicks",
  "dashTicks",
  "dashCooldownTicks",
  "hasteTicks",
  "overchargeTicks",
] as const;

/** What decides a shot's whole flight. */
export type Shot = Pick<Projectile, "x" | "y" | "aim" | "weapon"> & {
  /** Of shells: how far, in steps of REACH_STEP_PX. */
  readonly reach?: number | undefined;
};

/** What one drone has done in a match. */
export interface Stats {
  kills: number;
  deaths: number;
  /** Kills of enemies since its last destruction. */
  streak: number;
  longestStreak: number;
  shots: number;
  hits: number;
  /** Flags captured. */
  carries: number;
}

export interface World {
  readonly state: {
    tick: number;
    map: string;
    mode: ModeName;
    phase: Phase;
    phaseEndsTick: number;
    /** A match that is set up waits until somebody lets it begin. */
    held: boolean;
    scoreA: number;
    scoreB: number;
    readonly drones: EntityMap<Drone>;
    readonly projectiles: EntityMap<Projectile>;
    readonly pickups: EntityMap<Pickup>;
    readonly flags: EntityMap<Flag>;
    readonly hill: Hill;
    readonly awards: { push(award: Award): unknown; clear(): void };
  };
  /** Another one with each match. */
  arena: Arena;
  rules: Rules;
  readonly random: Random;
  lastProjectileId: number;
  /** Tick from which each pickup of the arena, by its place in the list, is there again. */
  readonly pickupDueTicks: number[];
  /** Where each flag, by its team, was when its carrier was last seen alive. */
  readonly carriedAt: Map<number, Place>;
  hillIndex: number;
  /** To the next hill: 1, or round the other way. */
  hillStep: number;
  /** Ticks of the next point that are done. */
  hillTicks: number;
  /** What each drone has done in this match. */
  readonly stats: Map<string, Stats>;
}

/** All who are meant, in an order that no map decides: by id. */
export function dronesById({ state }: World, isMeant = (_drone: Drone) => true): [string, Drone][] {
  const drones: [string, Drone][] = [];
  for (const entry of state.drones.entries()) if (isMeant(entry[1])) drones.push(entry);
  return drones.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** In no order. */
export const living = ({ state }: World): [string, Drone][] =>
  [...state.drones.entries()].filter(([, drone]) => isAlive(drone));

export const isAlive = (drone: { readonly hp: number }) => drone.hp > 0;
