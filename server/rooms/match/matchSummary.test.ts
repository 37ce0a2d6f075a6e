/** Tests what players hear of their own part in a match when the results begin. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, enterRoom, openRoom, type Person, returnTo } from "#server/testing/company.ts";
import { statsOf } from "#shared/modes/stats.ts";
import { type ArenaState, NEW_SEAT, Projectile, Seat } from "#shared/schema/state.ts";
import { addDrone, createWorld, openArena } from "#shared/testing/builders.ts";
import { summaryOf } from "./matchSummary.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterAll(() => server.close());

/** A shot of `killer` destroys `victim` in the next tick. */
function fire(state: ArenaState, killer: string, victim: string): void {
  const drone = state.drones.get(victim);
  if (!drone) throw new Error(`no drone has the id "${victim}"`);
  Object.assign(drone, { hp: 1, shield: 0, protectedTicks: 0 });
  const { x, y } = drone;
  const shot = { x, y, aim: 0, weapon: 0, owner: killer, team: -1, bornTick: state.tick + 1 };
  state.projectiles.set("900000", new Projectile(shot));
}

const summaryTold = (person: Person) => person.told("summary").map(({ summary }) => summary);

test("[FEAT-22] two players and a spectator: each player hears of their own part, also after a reconnection", async () => {
  const ann = await openRoom(server, { name: "Ann", settings: { bots: 0, vote: false } });
  const ben = await enterRoom(server, ann.room.roomId, { name: "Ben" });
  const watcher = await enterRoom(server, ann.room.roomId, { name: "Wat", spectate: true });
  const { state } = server.roomOf(ann.room);
  expect(await ann.host({ do: "start" })).toEqual({ ok: true });
  await until("the match is live", () => state.phase === "live");
  for (let kills = 0; kills < 3; kills++) {
    const victim = state.drones.get(ben.id);
    if (!victim) throw new Error("Ben has no drone");
    await until("Ben fights", () => victim.hp > 0);
    fire(state, ann.id, ben.id);
    await until("the kill is counted", () => state.roster.get(ann.id)?.kills === kills + 1);
    // No wait for the respawn.
    victim.respawnTick = state.tick;
  }
  expect(await ann.host({ do: "end" })).toEqual({ ok: true });
  await until("both know", () => summaryTold(ann).length + summaryTold(ben).length === 2);
  const anns = { place: 1, players: 2, score: 3, kills: 3, deaths: 0, bestStreak: 3, nemesis: null };
  expect(summaryTold(ann)).toMatchObject([{ ...anns, favourite: { name: "Ben", times: 3 } }]);
  expect(summaryTold(ann)[0]?.feats).toMatchObject({ streak: 1 });
  const bens = { place: 2, players: 2, score: 0, kills: 0, deaths: 3, nemesis: { name: "Ann", times: 3 } };
  expect(summaryTold(ben)).toMatchObject([{ ...bens, favourite: null, feats: {} }]);
  const [before] = summaryTold(ben);
  ben.room.connection.close(4010);
  await until("Ben dropped", () => state.roster.get(ben.id)?.connected === false);
  const back = await returnTo(server, ben);
  await until("Ben knows again", () => summaryTold(back).length === 1);
  expect(summaryTold(back)).toEqual([before]);
  expect(summaryTold(watcher)).toEqual([]);
  await Promise.all([ann, back, watcher].map(({ room }) => room.leave()));
});

test("[FEAT-23] equal scores share a place, accuracy is hits a shot, and there is no summary before the results", () => {
  const world = createWorld(openArena());
  for (const [id, score] of [
    ["a", 4],
    ["b", 4],
    ["c", 1],
  ] as const) {
    addDrone(world, id, { score });
    world.state.roster.set(id, new Seat({ ...NEW_SEAT, name: id }));
  }
  Object.assign(statsOf(world, "b"), { shots: 8, hits: 2 });
  statsOf(world, "b").destroyedBy.set("a", 2).set("c", 1).set("gone", 9);
  expect(summaryOf(world, "b")).toBeUndefined();
  world.state.phase = "results";
  expect(["a", "b", "c"].map((id) => summaryOf(world, id)?.place)).toEqual([1, 1, 3]);
  expect(summaryOf(world, "b")).toMatchObject({ accuracy: 0.25, nemesis: { name: "a", times: 2 } });
  expect(summaryOf(world, "a")).toMatchObject({ accuracy: 0, favourite: { name: "b", times: 2 } });
  expect(summaryOf(world, "c")?.favourite).toBeNull();
  expect(summaryOf(world, "nobody")).toBeUndefined();
});
