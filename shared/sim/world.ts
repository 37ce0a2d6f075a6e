/** The types that the simulation works on. Schema classes satisfy them, and so do the plain objects of prediction. */
import type { Arena } from "#shared/arena/arena.ts";
import type { FeatName, ModeName, Phase } from "#shared/schema/names.ts";
import type { Award, Drone, Flag, Hill, Pickup, Projectile } from "#shared/schema/state.ts";
import type { WeaponName } from "#shared/tuning.ts";
import type { SeededRandom } from "./random.ts";
import type { Rules } from "./rules.ts";
import type { Place } from "./sight.ts";

/** The common part of Map and Colyseus' MapSchema. */
export interface EntityMap<Entity> {
  readonly size: number;
  get(id: string): Entity | undefined;
  set(id: string, entity: Entity): unknown;
  delete(id: string): boolean;
  clear(): void;
  forEach(visit: (entity: Entity, id: string) => void): unknown;
  values(): IterableIterator<Entity>;
  entries(): IterableIterator<[string, Entity]>;
}

/** The part of a drone that its player predicts: everything that `driveDrone` reads or writes. */
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

/** The fields of a projectile that determine its flight. */
export type Shot = Pick<Projectile, "x" | "y" | "aim" | "weapon"> & {
  /** Distance of a shell, in steps of REACH_STEP_PX. */
  readonly reach?: number | undefined;
};

/** What one drone has done in a match with one weapon. A shot or hit is one of a pellet; damage is in hp. */
export interface WeaponStats {
  shots: number;
  hits: number;
  kills: number;
  damage: number;
}

/** What one drone has done in a match. */
export interface Stats {
  kills: number;
  deaths: number;
  /** Kills by others of drones that it had damaged shortly before. */
  assists: number;
  /** Kills of enemies since its last destruction. */
  streak: number;
  longestStreak: number;
  shots: number;
  hits: number;
  /** Dealt to enemies, hp. */
  damage: number;
  /** Flags captured. */
  carries: number;
  /** Ticks on a hill that its team alone held. */
  hillTicks: number;
  readonly weapons: Partial<Record<WeaponName, WeaponStats>>;
  /** In its present life: the last tick in which each enemy damaged it. */
  readonly hurtBy: Map<string, number>;
  /** How often it has done each feat. */
  readonly feats: Partial<Record<FeatName, number>>;
  /** How often each enemy has destroyed it. */
  readonly destroyedBy: Map<string, number>;
  /** Tick of its last kill of an enemy, and the number of kills in the series that this one is part of. */
  lastKillTick: number;
  series: number;
}

export interface World {
  readonly state: {
    tick: number;
    map: string;
    mode: ModeName;
    phase: Phase;
    phaseEndsTick: number;
    /** While true, a match that is set up does not start. */
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
  /** Arena and rules of the current match. */
  arena: Arena;
  rules: Rules;
  readonly random: SeededRandom;
  lastProjectileId: number;
  /** The tick in which each pickup returns, by its index in the arena's list. */
  readonly pickupDueTicks: number[];
  /** By team of the flag: the last place of its living carrier, where the flag drops. */
  readonly carriedAt: Map<number, Place>;
  hillIndex: number;
  /** Added to hillIndex for the next hill: 1, or the number of hills minus 1 for the reverse order. */
  hillStep: number;
  /** Ticks that the holder has held the hill towards its next point. */
  hillTicks: number;
  /** By drone, for this match. */
  readonly stats: Map<string, Stats>;
}

/** Tick of what has not happened: long before the first tick, and finite, because ticks are subtracted from it. */
export const NEVER = -1_000_000;

export const isAlive = (drone: { readonly hp: number }) => drone.hp > 0;
