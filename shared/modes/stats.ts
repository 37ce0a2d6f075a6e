/** Statistics of each drone in a match, counted from the events. */
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { areMates } from "#shared/sim/teams.ts";
import type { Stats, WeaponStats, World } from "#shared/sim/world.ts";
import { isHitscan, PROJECTILES, type WeaponName } from "#shared/tuning.ts";

/** A drone assists in a kill if it has damaged the victim no longer ago than this. */
const ASSIST_TICKS = 10 * TICKS_PER_SEC;

/** Long before the first tick; finite, because ticks are subtracted from it. */
const NEVER = -1_000_000;

const createStats = (): Stats => ({
  kills: 0,
  deaths: 0,
  assists: 0,
  streak: 0,
  longestStreak: 0,
  shots: 0,
  hits: 0,
  damage: 0,
  carries: 0,
  hillTicks: 0,
  weapons: {},
  hurtBy: new Map(),
  feats: {},
  destroyedBy: new Map(),
  lastKillTick: NEVER,
  series: 0,
});

/** The drone's statistics; creates them on first use. They outlast the drone until the next match. */
export function statsOf(world: World, id: string): Stats {
  const known = world.stats.get(id);
  if (known) return known;
  const stats = createStats();
  world.stats.set(id, stats);
  return stats;
}

/** Counts a pull of the trigger: a shot for each pellet. */
export function countShot(world: World, shooter: string, weapon: WeaponName): void {
  const stats = statsOf(world, shooter);
  const shots = isHitscan(weapon) ? 1 : PROJECTILES[weapon].pellets;
  stats.shots += shots;
  weaponStatsOf(stats, weapon).shots += shots;
}

export function countStats(world: World, events: readonly SimEvent[]): void {
  for (const event of events) {
    if (event.type === "hit") countHit(world, event);
    else if (event.type === "kill") countKill(world, event);
    else if (event.type === "spawn") statsOf(world, event.drone).hurtBy.clear();
    else if (event.type === "flag" && event.what === "captured") statsOf(world, event.drone).carries++;
  }
}

function countHit(world: World, event: Extract<SimEvent, { type: "hit" }>): void {
  const { shooter, victim, weapon } = event;
  const stats = statsOf(world, shooter);
  const damage = areMates(world, shooter, victim) ? 0 : event.damage;
  stats.hits++;
  stats.damage += damage;
  if (weapon) {
    const byWeapon = weaponStatsOf(stats, weapon);
    byWeapon.hits++;
    byWeapon.damage += damage;
  }
  if (damage > 0) statsOf(world, victim).hurtBy.set(shooter, world.state.tick);
}

function countKill(world: World, event: Extract<SimEvent, { type: "kill" }>): void {
  const victim = statsOf(world, event.victim);
  victim.deaths++;
  victim.streak = 0;
  countAssists(world, victim, event.killer);
  if (areMates(world, event.killer, event.victim)) return;
  const killer = statsOf(world, event.killer);
  killer.kills++;
  weaponStatsOf(killer, event.weapon).kills++;
  killer.streak++;
  killer.longestStreak = Math.max(killer.longestStreak, killer.streak);
}

function countAssists(world: World, { hurtBy }: Stats, killer: string): void {
  for (const [shooter, tick] of hurtBy) {
    const isRecent = world.state.tick - tick <= ASSIST_TICKS;
    if (isRecent && shooter !== killer) statsOf(world, shooter).assists++;
  }
  hurtBy.clear();
}

function weaponStatsOf({ weapons }: Stats, weapon: WeaponName): WeaponStats {
  const known = weapons[weapon];
  if (known) return known;
  const stats = { shots: 0, hits: 0, kills: 0, damage: 0 };
  weapons[weapon] = stats;
  return stats;
}
