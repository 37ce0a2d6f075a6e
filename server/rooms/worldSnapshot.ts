/** Takes snapshots of a world, and restores them into the world of a new room, or of a rerun. */
import type { z } from "zod";
import {
  AwardForm,
  CandidateForm,
  DroneForm,
  FlagForm,
  type GameSnapshot,
  HillForm,
  PickupForm,
  ProjectileForm,
  SeatForm,
  StateForm,
  type WorldSnapshot,
} from "#server/admission/worldSnapshot.ts";
import { arenaOf } from "#server/arenas.ts";
import { claimRefId, knownRefId, nextRefId } from "#server/colyseus/refIds.ts";
import type { Arena } from "#shared/arena/arena.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { setUpMatch } from "#shared/modes/match.ts";
import { type RoomSettings, rulesUnder } from "#shared/protocol/roomSettings.ts";
import { Award, Candidate, Drone, Flag, Pickup, Projectile, Seat } from "#shared/schema/state.ts";
import { flightOf } from "#shared/sim/projectile.ts";
import type { Rules } from "#shared/sim/rules.ts";

/** Reads the form's fields from an instance. */
const read = <Form extends z.ZodObject>(instance: object, form: Form): z.infer<Form> =>
  Object.fromEntries(
    Object.keys(form.shape).map((field) => [field, Reflect.get(instance, field)]),
  ) as z.infer<Form>;

const readAll = <Form extends z.ZodObject>(
  map: { entries(): Iterable<readonly [string, object]> },
  form: Form,
): [string, z.infer<Form>][] => Array.from(map.entries(), ([key, instance]) => [key, read(instance, form)]);

const withRefIds = <Fields extends object>(
  map: { get(key: string): object | undefined },
  entries: readonly [string, Fields][],
): [string, Fields & { refId: number }][] =>
  entries.map(([key, fields]) => [key, { ...fields, refId: knownRefId(map.get(key) ?? {}) }]);

export function snapshotWorld(world: ArenaWorld): WorldSnapshot {
  const { state } = world;
  const { roster, candidates } = state;
  return {
    ...snapshotGame(world),
    roster: withRefIds(roster, readAll(roster, SeatForm)),
    nextRefId: nextRefId(state),
    candidates: Array.from(candidates, (candidate) => read(candidate, CandidateForm)),
  };
}

/** Everything that stepWorld reads, but for the arena and the rules. */
export function snapshotGame(world: ArenaWorld): GameSnapshot {
  const { state, arena, hillIndex, hillStep, hillTicks, lastProjectileId } = world;
  const { drones, projectiles } = state;
  const flying = withRefIds(projectiles, readAll(projectiles, ProjectileForm));
  return {
    state: read(state, StateForm),
    drones: withRefIds(drones, readAll(drones, DroneForm)),
    projectiles: flying.map(([id, fields]) => {
      const projectile = projectiles.get(id);
      return [id, { ...fields, ended: projectile ? flightOf(projectile, arena).ended : 0 }];
    }),
    pickups: readAll(state.pickups, PickupForm),
    flags: readAll(state.flags, FlagForm),
    hill: read(state.hill, HillForm),
    awards: Array.from(state.awards, (award) => read(award, AwardForm)),
    random: [...world.random.place],
    lastProjectileId,
    pickupDueTicks: Array.from(world.pickupDueTicks, (tick) => tick ?? null),
    carriedAt: Array.from(world.carriedAt, ([team, { x, y }]) => [team, { x, y }]),
    hillIndex,
    hillStep,
    hillTicks,
    stats: Array.from(world.stats, ([id, { hurtBy, destroyedBy, ...stats }]) => [
      id,
      { ...structuredClone(stats), hurtBy: [...hurtBy], destroyedBy: [...destroyedBy] },
    ]),
  };
}

/**
 * The match goes on as it was, by these settings; its mode stays. Throws if this server does not have the map.
 */
export function restoreWorld(world: ArenaWorld, form: WorldSnapshot, settings: RoomSettings): void {
  const { state } = world;
  const { map, mode } = form.state;
  restoreGame(world, form, arenaOf(map), rulesUnder({ ...settings, mode }));
  for (const [id, { refId, ...fields }] of form.roster) {
    const seat = new Seat(fields);
    claimRefId(state, seat, refId);
    state.roster.set(id, seat);
  }
  for (const fields of form.candidates) state.candidates.push(new Candidate(fields));
}

/** The world steps on as the one that the snapshot was taken of, to the bit. It must be without entities. */
export function restoreGame(world: ArenaWorld, form: GameSnapshot, arena: Arena, rules: Rules): void {
  setUpMatch(world, arena, rules);
  Object.assign(world.state, form.state);
  restoreEntities(world, form);
  const { hillIndex, hillStep, hillTicks, lastProjectileId } = form;
  Object.assign(world, { hillIndex, hillStep, hillTicks, lastProjectileId });
  if (form.random) world.random.goTo(form.random);
  for (const [place, tick] of form.pickupDueTicks.entries()) {
    if (tick !== null) world.pickupDueTicks[place] = tick;
  }
  for (const [team, place] of form.carriedAt) world.carriedAt.set(team, place);
  for (const [id, { hurtBy, destroyedBy, ...stats }] of form.stats) {
    const maps = { hurtBy: new Map(hurtBy), destroyedBy: new Map(destroyedBy) };
    world.stats.set(id, { ...structuredClone(stats), ...maps });
  }
}

function restoreEntities({ state, arena }: ArenaWorld, form: GameSnapshot): void {
  for (const [id, { refId, ...fields }] of form.drones) {
    const drone = Object.assign(new Drone(), fields);
    claimRefId(state, drone, refId);
    state.drones.set(id, drone);
  }
  for (const [id, { refId, ended, reach, spent, ...fields }] of form.projectiles) {
    const projectile = new Projectile(fields);
    if (reach !== undefined) projectile.reach = reach;
    if (spent !== undefined) projectile.spent = spent;
    claimRefId(state, projectile, refId);
    state.projectiles.set(id, projectile);
    flightOf(projectile, arena).ended = ended;
  }
  for (const [key, fields] of form.pickups) state.pickups.set(key, new Pickup(fields));
  for (const [key, fields] of form.flags) state.flags.set(key, new Flag(fields));
  Object.assign(state.hill, form.hill);
  for (const fields of form.awards) state.awards.push(new Award(fields));
}
