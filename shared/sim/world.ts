/** What the simulation works on. The schema classes satisfy these types; so do the plain objects of a prediction. */
import type { Arena } from "#shared/arena/arena.ts";
import type { Drone, Projectile } from "#shared/schema/state.ts";
import type { Random } from "./random.ts";

/** What a Map and Colyseus' MapSchema have in common. */
export interface EntityMap<Entity> {
  readonly size: number;
  get(id: string): Entity | undefined;
  set(id: string, entity: Entity): unknown;
  delete(id: string): boolean;
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
  "railCooldownTicks",
] as const;

/** What decides a shot's whole flight. */
export type Shot = Pick<Projectile, "x" | "y" | "aim" | "weapon">;

export interface World {
  readonly state: {
    tick: number;
    readonly drones: EntityMap<Drone>;
    readonly projectiles: EntityMap<Projectile>;
  };
  readonly arena: Arena;
  readonly random: Random;
  lastProjectileId: number;
}

export const isAlive = (drone: { readonly hp: number }) => drone.hp > 0;
