/** The figures of a trial: what many matches of bots say about an arena. Plain data, which crosses threads and adds up. */
import type { Arena } from "#shared/arena/arena.ts";
import { WEAPONS, type WeaponName } from "#shared/tuning.ts";

/** A figure for each of the two sides; without teams the first counts for all. */
export type Sides = readonly [number, number];

/** Counts of each cell (tile) of the map: shots by the shooter's place, ways in ticks that a drone was there. */
export const HEAT_NAMES = ["deaths", "shots", "ways", "spawnDeaths", "stuck"] as const;
export type HeatName = (typeof HEAT_NAMES)[number];

/** Counts for one spawn point. */
export interface SpawnFigures {
  readonly spawns: number;
  /** Drones destroyed within SPAWN_DEATH_TICKS of their spawn there. */
  readonly deaths: number;
}

/** Ticks of one hill. */
export interface HillFigures {
  /** While it counted. */
  readonly ticks: number;
  /** While a side held it alone. */
  readonly held: Sides;
}

export interface Trial {
  readonly matches: number;
  /** Ticks of all bots together. */
  readonly botTicks: number;
  readonly ticks: number;
  /** Matches that each side has won, and draws; in team modes only. */
  readonly wins: Sides;
  readonly draws: number;
  /** The score of each match. */
  readonly points: readonly Sides[];
  /** Enemies destroyed. */
  readonly kills: Sides;
  readonly killsByWeapon: Readonly<Record<WeaponName, number>>;
  /** For each match, the time until the first hit; its length without one. */
  readonly firstHitSec: readonly number[];
  /** For each bot of each match, the time until it first dealt or took a hit. */
  readonly contactSec: readonly number[];
  /** For each kill, the time since the first hit on the victim in that fight. */
  readonly killSec: readonly number[];
  /** This list and the next two follow the order of the arena's. */
  readonly pickups: readonly Sides[];
  readonly spawns: readonly SpawnFigures[];
  readonly hills: readonly HillFigures[];
  readonly flagsTaken: Sides;
  readonly flagsCaptured: Sides;
  /** Row by row. */
  readonly heat: Readonly<Record<HeatName, readonly number[]>>;
}

export const WEAPON_NAMES = Object.keys(WEAPONS) as WeaponName[];

/** No match yet. */
export function noTrial({ columns, rows, pickups, spawns, hills }: Arena): Trial {
  const none: Sides = [0, 0];
  const cells = new Array<number>(columns * rows).fill(0);
  return {
    ...{ matches: 0, botTicks: 0, ticks: 0, draws: 0 },
    ...{ wins: none, kills: none, flagsTaken: none, flagsCaptured: none },
    ...{ points: [], firstHitSec: [], contactSec: [], killSec: [] },
    killsByWeapon: recordOf(WEAPON_NAMES, () => 0),
    pickups: pickups.map(() => none),
    spawns: spawns.map(() => ({ spawns: 0, deaths: 0 })),
    hills: hills.map(() => ({ ticks: 0, held: none })),
    heat: recordOf(HEAT_NAMES, () => cells),
  };
}

/** Adds up trials of the same arena and mode, in their order. */
export const mergeTrials = (none: Trial, trials: readonly Trial[]): Trial => trials.reduce(merge, none);

function merge(one: Trial, other: Trial): Trial {
  return {
    matches: one.matches + other.matches,
    botTicks: one.botTicks + other.botTicks,
    ticks: one.ticks + other.ticks,
    wins: addSides(one.wins, other.wins),
    draws: one.draws + other.draws,
    points: [...one.points, ...other.points],
    kills: addSides(one.kills, other.kills),
    killsByWeapon: recordOf(WEAPON_NAMES, (name) => one.killsByWeapon[name] + other.killsByWeapon[name]),
    firstHitSec: [...one.firstHitSec, ...other.firstHitSec],
    contactSec: [...one.contactSec, ...other.contactSec],
    killSec: [...one.killSec, ...other.killSec],
    pickups: pair(one.pickups, other.pickups, addSides),
    spawns: pair(one.spawns, other.spawns, (a, b) => ({
      spawns: a.spawns + b.spawns,
      deaths: a.deaths + b.deaths,
    })),
    hills: pair(one.hills, other.hills, (a, b) => ({
      ticks: a.ticks + b.ticks,
      held: addSides(a.held, b.held),
    })),
    flagsTaken: addSides(one.flagsTaken, other.flagsTaken),
    flagsCaptured: addSides(one.flagsCaptured, other.flagsCaptured),
    heat: recordOf(HEAT_NAMES, (name) => pair(one.heat[name], other.heat[name], (a, b) => a + b)),
  };
}

const addSides = (one: Sides, other: Sides): Sides => [one[0] + other[0], one[1] + other[1]];

const pair = <T>(ones: readonly T[], others: readonly T[], add: (one: T, other: T) => T): T[] =>
  ones.map((one, index) => add(one, others[index] as T));

export const recordOf = <Key extends string, Value>(
  keys: readonly Key[],
  read: (key: Key) => Value,
): Record<Key, Value> => Object.fromEntries(keys.map((key) => [key, read(key)])) as Record<Key, Value>;
