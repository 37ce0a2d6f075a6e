/** One tick of the world. The same world, seed and commands give the same world, to the bit, in every engine. */
import { TICKS_PER_SEC } from "#shared/config.ts";
import { runMatch } from "#shared/modes/match.ts";
import { countShot } from "#shared/modes/stats.ts";
import type { Command } from "#shared/schema/input.ts";
import { STATUS } from "#shared/schema/state.ts";
import { fireShot, flyProjectiles } from "#shared/sim/combat.ts";
import { driveDrone } from "#shared/sim/drive.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { fireHitscans, type HitscanShot } from "#shared/sim/hitscan.ts";
import { lineUp, type Member } from "#shared/sim/lineup.ts";
import { collectPickups } from "#shared/sim/pickup.ts";
import type { SeenBy } from "#shared/sim/sight.ts";
import { spawnDrones } from "#shared/sim/spawn.ts";
import { isAlive, type World } from "#shared/sim/world.ts";
import { DASH, DRONE, isHitscan, PROJECTILE_NAMES, type WeaponName } from "#shared/tuning.ts";

/** This tick's commands by drone: a drone without any stands still, two make up for a late one. */
export type Commands = ReadonlyMap<string, readonly Command[]>;

/** A weapon fired in this tick, with the drone's pose at that moment. */
interface Trigger extends Omit<HitscanShot, "weapon"> {
  weapon: WeaponName;
}

/** Advances the world by one tick and returns its events in order. `seen` answers where a shooter saw its targets. */
export function stepWorld(world: World, commands: Commands, seen: SeenBy): SimEvent[] {
  const events: SimEvent[] = [];
  world.state.tick++;
  respawnDrones(world, events);
  const triggers = driveDrones(world, commands);
  fireWeapons(world, triggers, seen, events);
  flyProjectiles(world, events);
  collectPickups(world, events);
  scheduleRespawns(world, events);
  runMatch(world, events);
  updateStatus(world);
  return events;
}

function respawnDrones(world: World, events: SimEvent[]): void {
  const { tick } = world.state;
  let due: Member[] | undefined;
  for (const member of lineUp(world).byId) {
    const { drone } = member;
    if (isAlive(drone) || tick < drone.respawnTick) continue;
    due ??= [];
    due.push(member);
  }
  if (due) spawnDrones(world, due, events);
}

/** Schedules the respawn of every drone that was destroyed in this tick. */
function scheduleRespawns({ state }: World, events: readonly SimEvent[]): void {
  for (const event of events) {
    const victim = event.type === "kill" ? state.drones.get(event.victim) : undefined;
    if (victim && event.type === "kill") {
      Object.assign(victim, { respawnTick: state.tick + DRONE.respawnTicks, killer: event.killer });
    }
  }
}

/** Two radii plus three commands at dash speed, one more than fits in a tick: no drone farther off can collide. */
const BUMP_WITHIN_PX = 2 * DRONE.radiusPx + 3 * (DASH.speedPxPerSec / TICKS_PER_SEC);

const NO_COMMANDS: readonly Command[] = [];

/** Moves all drones. Each collides with the others where they were before the tick, so that order does not matter. */
function driveDrones(world: World, commands: Commands): Trigger[] {
  const triggers: Trigger[] = [];
  const lineup = lineUp(world);
  const standing = lineup.standNow();
  for (const { id: shooter, drone } of lineup.byId) {
    const given = commands.get(shooter) ?? NO_COMMANDS;
    if (given.length === 0) continue;
    const others = standing.around(drone, BUMP_WITHIN_PX, shooter);
    for (const command of given) {
      const fired = driveDrone(drone, command, world.arena, others);
      if (fired.length > 0) {
        drone.lastFiredTick = world.state.tick;
        drone.protectedTicks = 0;
      }
      const { x, y } = drone;
      for (const weapon of fired) triggers.push({ shooter, weapon, x, y, aim: command.aim, command });
    }
  }
  return triggers;
}

/** Adds all projectiles before it fires the rails, whose shots hit at once. */
function fireWeapons(world: World, triggers: readonly Trigger[], seen: SeenBy, events: SimEvent[]): void {
  if (triggers.length === 0) return;
  for (const { shooter, weapon, x, y, aim, command } of triggers) {
    countShot(world, shooter, weapon);
    if (isHitscan(weapon)) continue;
    const { reach } = command;
    fireShot(world, shooter, { x, y, aim, weapon: PROJECTILE_NAMES.indexOf(weapon), reach });
  }
  const isHitscanShot = (trigger: Trigger): trigger is HitscanShot => isHitscan(trigger.weapon);
  fireHitscans(world, triggers.filter(isHitscanShot), seen, events);
}

/** Counts spawn protection down and sets the status bits. Writing an equal value costs nothing on the wire. */
function updateStatus(world: World): void {
  for (const { drone } of lineUp(world).byId) {
    if (!isAlive(drone)) continue;
    if (drone.protectedTicks > 0) drone.protectedTicks--;
    drone.status =
      (drone.protectedTicks > 0 ? STATUS.protected : 0) |
      (drone.hasteTicks > 0 ? STATUS.haste : 0) |
      (drone.overchargeTicks > 0 ? STATUS.overcharge : 0) |
      (drone.dashTicks > 0 ? STATUS.dash : 0);
  }
}
