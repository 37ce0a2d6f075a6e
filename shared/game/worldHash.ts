/**
 * A hash of everything that stepWorld reads and writes: equal hashes mean equal worlds, to the bit (but for one chance in
 * four billion). It is computed twice a tick: it builds no text, and mixes each 32-bit word with one multiplication (as
 * FNV-1a does, with a shift so that high bits count).
 */
import { FEAT_NAMES } from "#shared/schema/names.ts";
import type { Drone, Flag, Pickup, Projectile } from "#shared/schema/state.ts";
import { lineUp } from "#shared/sim/lineup.ts";
import { flightOf } from "#shared/sim/projectile.ts";
import type { Stats, WeaponStats, World } from "#shared/sim/world.ts";
import { WEAPONS, type WeaponName } from "#shared/tuning.ts";

const START = 0x811c9dc5;
const PRIME = 0x01000193;
const WEAPON_NAMES = Object.keys(WEAPONS) as WeaponName[];
/** Stands for a field that is not set. */
const UNSET = 0x5bd1e995;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** The hash so far of the world that is being hashed. */
let hash = START;

function addWord(word: number): void {
  hash = Math.imul(hash ^ word, PRIME);
  hash ^= hash >>> 15;
}

/** Whole numbers of 32 bits, the most frequent, take one word. 0 and −0 are one number: JSON does not tell them apart. */
function add(value: number | undefined): void {
  const whole = (value ?? UNSET) | 0;
  if (whole === value || value === undefined) addWord(whole);
  else {
    double[0] = value;
    addWord(words[0] as number);
    addWord(words[1] as number);
  }
}

function addText(text: string): void {
  addWord(text.length);
  for (let at = 0; at < text.length; at++) addWord(text.charCodeAt(at));
}

/** 32 bits. */
export function hashWorld(world: World): number {
  hash = START;
  addMatch(world);
  for (const { id, drone } of lineUp(world).byId) addDrone(id, drone);
  const { projectiles, pickups, flags } = world.state;
  add(projectiles.size);
  projectiles.forEach((projectile, id) => {
    addText(id);
    addProjectile(projectile);
    add(flightOf(projectile, world.arena).ended);
  });
  pickups.forEach(addPickup);
  flags.forEach(addFlag);
  add(world.stats.size);
  world.stats.forEach(addStats);
  return hash >>> 0;
}

/** Eight hexadecimal digits. */
export const hashText = (value: number): string => value.toString(16).padStart(8, "0");

function addMatch(world: World): void {
  const { state, rules } = world;
  const { hill } = state;
  add(state.tick);
  addText(state.map);
  addText(rules.mode);
  addText(state.phase);
  add(state.phaseEndsTick);
  add(state.held ? 1 : 0);
  add(state.scoreA);
  add(state.scoreB);
  add(rules.teams);
  add(rules.scoreLimit);
  add(rules.timeLimitTicks);
  add(rules.friendlyFire ? 1 : 0);
  add(hill.x);
  add(hill.y);
  add(hill.width);
  add(hill.height);
  add(hill.holder);
  add(hill.movesTick);
  for (const word of world.random.place) add(word);
  add(world.lastProjectileId);
  add(world.hillIndex);
  add(world.hillStep);
  add(world.hillTicks);
  for (const tick of world.pickupDueTicks) add(tick);
  for (const [team, { x, y }] of world.carriedAt) {
    add(team);
    add(x);
    add(y);
  }
  add(state.drones.size);
}

/** Leaves out its name, which the simulation does not read. */
function addDrone(id: string, drone: Drone): void {
  addText(id);
  add(drone.x);
  add(drone.y);
  add(drone.vx);
  add(drone.vy);
  add(drone.aim);
  add(drone.hp);
  add(drone.shield);
  add(drone.status);
  add(drone.team);
  add(drone.cooldownTicks);
  add(drone.special);
  add(drone.ammo);
  add(drone.specialCooldownTicks);
  add(drone.dashTicks);
  add(drone.dashCooldownTicks);
  add(drone.hasteTicks);
  add(drone.overchargeTicks);
  add(drone.respawnTick);
  add(drone.score);
  add(drone.lastFiredTick);
  add(drone.protectedTicks);
  addText(drone.killer);
}

function addProjectile(projectile: Projectile): void {
  add(projectile.x);
  add(projectile.y);
  add(projectile.aim);
  add(projectile.bornTick);
  addText(projectile.owner);
  add(projectile.weapon);
  add(projectile.reach);
  add(projectile.spent);
  add(projectile.team);
}

function addPickup(pickup: Pickup, key: string): void {
  addText(key);
  add(pickup.x);
  add(pickup.y);
  add(pickup.kind);
}

function addFlag(flag: Flag): void {
  add(flag.team);
  add(flag.x);
  add(flag.y);
  addText(flag.carrier);
  add(flag.droppedTick);
}

function addStats(stats: Stats, id: string): void {
  addText(id);
  add(stats.kills);
  add(stats.deaths);
  add(stats.assists);
  add(stats.streak);
  add(stats.longestStreak);
  add(stats.shots);
  add(stats.hits);
  add(stats.damage);
  add(stats.carries);
  add(stats.hillTicks);
  add(stats.lastKillTick);
  add(stats.series);
  stats.hurtBy.forEach(addTally);
  stats.destroyedBy.forEach(addTally);
  // The order of the lists serves: the order of the keys decides nothing in the game.
  for (const name of WEAPON_NAMES) addWeapon(stats.weapons[name]);
  for (const name of FEAT_NAMES) add(stats.feats[name]);
}

function addTally(count: number, id: string): void {
  addText(id);
  add(count);
}

function addWeapon(stats: WeaponStats | undefined): void {
  add(stats?.shots);
  add(stats?.hits);
  add(stats?.kills);
  add(stats?.damage);
}
