/** Statistics of each drone in a match, counted from the events. */
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { areMates } from "#shared/sim/teams.ts";
import { NEVER, type Stats, type WeaponStats, type World } from "#shared/sim/world.ts";
import { isHitscan, PROJECTILES, type WeaponName } from "#shared/tuning.ts";

type Kill = Extract<SimEvent, { type: "kill" }>;

/** A drone assists in a kill if it has damaged the victim no longer ago than this. */
const ASSIST_TICKS = 10 * TICKS_PER_SEC;

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

/** Counts a pull of the trigger: a shot for each pellet. Shots fired after the match do not change its figures. */
export function countShot(world: World, shooter: string, weapon: WeaponName): void {
  if (world.state.phase !== "live") return;
  const stats = statsOf(world, shooter);
  const shots = isHitscan(weapon) ? 1 : PROJECTILES[weapon].pellets;
  stats.shots += shots;
  weaponStatsOf(stats, weapon).shots += shots;
}

export function countStats(world: World, event: SimEvent): void {
  if (event.type === "hit") countHit(world, event);
  else if (event.type === "kill") countKill(world, event);
  else if (event.type === "feat") countFeat(world, event);
  else if (event.type === "spawn") statsOf(world, event.drone).hurtBy.clear();
  else if (event.type === "flag" && event.what === "captured") statsOf(world, event.drone).carries++;
}

function countHit(world: World, event: Extract<SimEvent, { type: "hit" }>): void {
  const { shooter, victim, weapon } = event;
  const stats = statsOf(world, shooter);
  const damage = areMates(world, shooter, victim) ? 0 : event.damage;
  stats.hits++;
  stats.damage += damage;
  const byWeapon = weaponStatsOf(stats, weapon);
  byWeapon.hits++;
  byWeapon.damage += damage;
  if (damage > 0) statsOf(world, victim).hurtBy.set(shooter, world.state.tick);
}

function countKill(world: World, kill: Kill): void {
  const victim = statsOf(world, kill.victim);
  victim.deaths++;
  victim.streak = 0;
  for (const helper of helpersIn(world, kill)) statsOf(world, helper).assists++;
  victim.hurtBy.clear();
  if (areMates(world, kill.killer, kill.victim)) return;
  victim.destroyedBy.set(kill.killer, (victim.destroyedBy.get(kill.killer) ?? 0) + 1);
  const killer = statsOf(world, kill.killer);
  killer.kills++;
  weaponStatsOf(killer, kill.weapon).kills++;
  killer.streak++;
  killer.longestStreak = Math.max(killer.longestStreak, killer.streak);
}

function countFeat(world: World, { drone, feat }: Extract<SimEvent, { type: "feat" }>): void {
  const { feats } = statsOf(world, drone);
  feats[feat] = (feats[feat] ?? 0) + 1;
}

/** The drones that assist in a kill that is not counted yet. */
export function helpersIn(world: World, { victim, killer }: Kill): string[] {
  const { hurtBy } = statsOf(world, victim);
  return [...hurtBy].flatMap(([shooter, tick]) =>
    shooter !== killer && world.state.tick - tick <= ASSIST_TICKS ? [shooter] : [],
  );
}

function weaponStatsOf({ weapons }: Stats, weapon: WeaponName): WeaponStats {
  const known = weapons[weapon];
  if (known) return known;
  const stats = { shots: 0, hits: 0, kills: 0, damage: 0 };
  weapons[weapon] = stats;
  return stats;
}
