import { expect, test } from "vitest";
import { Drone, Flag, Hill, Pickup, Projectile } from "#shared/schema/state.ts";
import { addDrone, createWorld, fireAt, openArena } from "#shared/testing/builders.ts";
import { hashWorld } from "./worldHash.ts";

function furnished() {
  const world = createWorld(openArena());
  addDrone(world, "a");
  addDrone(world, "b");
  fireAt(world, "a", "b");
  Object.assign(world.state.projectiles.get("1") ?? {}, { reach: 1, spent: 2 });
  world.state.pickups.set("0", new Pickup({ x: 1, y: 2, kind: 1 }));
  world.state.flags.set("0", new Flag({ team: 0, x: 1, y: 2, carrier: "", droppedTick: 0 }));
  return world;
}

const fieldsOf = (entity: object): string[] =>
  Object.values(
    Reflect.get(entity, Symbol.metadata) as Readonly<Record<string, { readonly name: string }>>,
  ).map(({ name }) => name);
/** Not synced, so that they are not in the metadata's list. */
const UNSYNCED = { drone: ["score", "lastFiredTick", "protectedTicks", "killer"], flag: ["droppedTick"] };

test.each([
  ["drones", "a", [...fieldsOf(Drone), ...UNSYNCED.drone]],
  ["projectiles", "1", [...fieldsOf(Projectile), "team"]],
  ["pickups", "0", fieldsOf(Pickup)],
  ["flags", "0", [...fieldsOf(Flag), ...UNSYNCED.flag]],
] as const)("[FLIGHT-16] every field of %s counts", (map, key, fields) => {
  for (const field of fields) {
    if (field === "name") continue;
    const world = furnished();
    const before = hashWorld(world);
    const entity = world.state[map].get(key) as object;
    const value: unknown = Reflect.get(entity, field);
    Reflect.set(
      entity,
      field,
      typeof value === "string" ? `${value}x` : ((value as number | undefined) ?? 0) + 1,
    );
    expect(hashWorld(world), field).not.toBe(before);
  }
});

test("[FLIGHT-17] the match, its rules, its hill, its statistics and the random stream count", () => {
  type Furnished = ReturnType<typeof furnished>;
  const changes: ((world: Furnished) => unknown)[] = [
    ({ state }) => state.tick++,
    ({ state }) => state.scoreA++,
    ({ state }) => state.scoreB++,
    ({ state }) => state.phaseEndsTick++,
    ({ state }) => Object.assign(state, { phase: "results" }),
    ({ state }) => Object.assign(state, { held: true }),
    ...fieldsOf(Hill).map(
      (field) =>
        ({ state }: Furnished) =>
          Reflect.set(state.hill, field, 7),
    ),
    (world) => Object.assign(world, { rules: { ...world.rules, friendlyFire: !world.rules.friendlyFire } }),
    (world) => Object.assign(world, { rules: { ...world.rules, timeLimitTicks: 1 } }),
    (world) => world.lastProjectileId++,
    (world) => world.hillIndex++,
    (world) => world.hillStep++,
    (world) => world.hillTicks++,
    (world) => world.pickupDueTicks.push(9),
    (world) => world.carriedAt.set(0, { x: 1, y: 2 }),
    (world) => world.random.next(),
    (world) =>
      world.stats.set("a", {
        ...{ kills: 0, deaths: 0, assists: 0, streak: 0, longestStreak: 0, shots: 0, hits: 0, damage: 0 },
        ...{ carries: 0, hillTicks: 0, weapons: {}, hurtBy: new Map(), feats: {}, destroyedBy: new Map() },
        ...{ lastKillTick: 0, series: 0 },
      }),
  ];
  const hashes = [() => undefined, ...changes].map((change) => {
    const world = furnished();
    change(world);
    return hashWorld(world);
  });
  expect(new Set(hashes).size).toBe(hashes.length);
});
