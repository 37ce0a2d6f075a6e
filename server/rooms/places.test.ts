import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  gatherIn,
  leaveAll,
  letIn,
  OK,
  type Person,
  refused,
  somebody,
} from "#server/testing/company.ts";
import { SPECTATOR_DELAY_MS, SPECTATORS_MAX, TICKS_PER_SEC } from "#shared/config.ts";
import { MESSAGE } from "#shared/protocol/names.ts";

let server: TestServer;
let ann: Person;
let ben: Person;
const here: Person[] = [];
const enter = (options: object) => letIn(server, here, ann, options);
const gather = async (settings: object = {}) => {
  [ann, ben] = await gatherIn(server, here, ["Ann", "Ben"], settings);
};
const state = () => server.roomOf(ann.room).state;
const teamOf = ({ id }: Person) => state().roster.get(id)?.team;
const sides = () =>
  [0, 1].map((side) => [...state().drones.values()].filter(({ team }) => team === side).length);

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterEach(() => leaveAll(here));
afterAll(() => server.close());

describe("a spectator", () => {
  test("[PLACE-1] has a seat but no drone, and its commands and votes have no effect", async () => {
    await gather();
    const eve = await enter({ name: "Eve", spectate: true });
    expect(eve.state.roster.get(eve.id)).toMatchObject({ name: "Eve", spectating: true, score: 0 });
    expect(state().drones.size).toBe(2);
    eve.steer(20);
    eve.room.send(MESSAGE.vote, { choice: 0 });
    const { tick } = state();
    await until("20 ticks", () => state().tick > tick + 20);
    expect([state().drones.size, state().projectiles.size]).toEqual([2, 0]);
    expect(eve.room.connection.isOpen).toBe(true);
  });

  test("[PLACE-2] a player who watches and returns keeps the seat and gets a new drone", async () => {
    await gather();
    expect(await ben.place({ to: "spectators" })).toEqual(OK);
    expect(await ben.place({ to: "spectators" })).toEqual(OK);
    await until("Ann sees him watch", () => ann.state.roster.get(ben.id)?.spectating === true);
    expect(state().drones.has(ben.id)).toBe(false);
    ben.steer(30);
    expect(await ben.place({ to: "players" })).toEqual(OK);
    expect(await ben.place({ to: "players" })).toEqual(OK);
    await until("Ben has his drone with all fields", () => ben.state.drones.get(ben.id)?.vx !== undefined);
    const { x, y } = state().drones.get(ben.id) ?? {};
    const { tick } = state();
    await until("20 ticks", () => state().tick > tick + 10);
    // The commands that Ben sent as a spectator are discarded.
    expect(state().drones.get(ben.id)).toMatchObject({ x, y });
    ben.steer(30);
    await until("Ben drives", () => ben.state.drones.get(ben.id)?.x !== x);
  });

  test("[PLACE-16] a spectator who followed a player live fights ten seconds later: nobody scouts for themselves", async () => {
    await gather({ spectating: "follow" });
    await ann.host({ do: "start" });
    await until("the match is live", () => state().phase === "live");
    expect(await ben.place({ to: "spectators" })).toEqual(OK);
    const { tick } = state();
    expect(await ben.place({ to: "players" })).toEqual(OK);
    const delayTicks = (SPECTATOR_DELAY_MS * TICKS_PER_SEC) / 1000;
    expect(state().drones.get(ben.id)?.hp).toBe(0);
    expect(state().drones.get(ben.id)?.respawnTick).toBeGreaterThanOrEqual(tick + delayTicks);
  });

  test("[PLACE-3] after changing places four times within a patch, the player's page shows the drone that exists", async () => {
    await gather();
    const answers = await Promise.all([
      ben.place({ to: "spectators" }),
      ben.place({ to: "players" }),
      ben.place({ to: "spectators" }),
      ben.place({ to: "players" }),
    ]);
    expect(answers).toEqual([OK, OK, OK, OK]);
    ben.steer(30);
    const own = () => state().drones.get(ben.id);
    await until("Ben moves", () => (own()?.vx ?? 0) !== 0 || (own()?.x ?? 0) > 0);
    await until("Ben's page shows it", () => {
      const { x, y, hp } = ben.state.drones.get(ben.id) ?? {};
      return (
        x === own()?.x && y === own()?.y && hp === own()?.hp && ben.state.drones.get(ben.id)?.vx !== undefined
      );
    });
  });

  test("[PLACE-15] in a live match, a player who watches for a moment is out for the respawn delay", async () => {
    await gather({ spectating: "delayed" });
    expect(await ann.host({ do: "start" })).toEqual(OK);
    await until("the match is live", () => state().phase === "live");
    expect(await ben.place({ to: "spectators" })).toEqual(OK);
    expect(await ben.place({ to: "players" })).toEqual(OK);
    const own = () => state().drones.get(ben.id);
    expect(own()).toMatchObject({ hp: 0 });
    await until("Ben has respawned", () => (own()?.hp ?? 0) > 0);
    expect(state().tick).toBeGreaterThanOrEqual(own()?.respawnTick ?? Number.POSITIVE_INFINITY);
  });

  test("[PLACE-4] may take a free place or a bot's, but no other player's", async () => {
    await gather({ players: 3, bots: 1 });
    const eve = await enter({ spectate: true });
    const dan = await enter({ spectate: true });
    expect(await eve.place({ to: "players" })).toEqual(OK);
    expect([...state().roster.values()].some(({ bot }) => bot)).toBe(false);
    expect(await dan.place({ to: "players" })).toEqual(refused("full"));
    await eve.room.leave();
    await until("a place is free", () => !state().roster.has(eve.id));
    expect(await dan.place({ to: "players" })).toEqual(OK);
  });

  test("[PLACE-5] a player may not watch beyond SPECTATORS_MAX, or when spectating is off", async () => {
    await gather();
    for (let i = 0; i < SPECTATORS_MAX; i++) await enter({ spectate: true });
    expect(await ben.place({ to: "spectators" })).toEqual(refused("full"));
    await ann.host({ do: "settings", change: { spectating: "off" } });
    expect(await ben.place({ to: "spectators" })).toEqual(refused("noSpectators"));
  });

  test("[PLACE-6] in a public room, a player who watches frees a place for another", async () => {
    const dan = await (await somebody(server)).play();
    const room = server.roomOf(dan);
    expect(await dan.request(MESSAGE.place, { to: "spectators" })).toEqual(OK);
    expect(room.state.drones.has(dan.sessionId)).toBe(false);
    await until("there is another place", () => room.maxClients === 17);
    expect(await dan.request(MESSAGE.place, { to: "players" })).toEqual(OK);
    await until("the place is taken again", () => room.maxClients === 16);
    await dan.leave();
  });
});

describe("sides", () => {
  const TEAMS = { mode: "teamDeathmatch", map: "orchard" } as const;

  test("[PLACE-10] with even sides, no player may join the side with more players; bots even out the rest", async () => {
    await gather({ ...TEAMS, bots: 4 });
    const cat = await enter({ name: "Cat" });
    const [alone, together] =
      [ann, ben, cat].map(teamOf).filter((team) => team === 0).length === 1 ? [0, 1] : [1, 0];
    const mover = [ann, ben, cat].find((person) => teamOf(person) === together) as Person;
    const lone = [ann, ben, cat].find((person) => teamOf(person) === alone) as Person;
    expect(await lone.place({ to: "players", team: together })).toEqual(refused("uneven"));
    expect(await mover.place({ to: "players", team: together })).toEqual(OK);
    expect(await mover.place({ to: "players", team: alone })).toEqual(OK);
    expect(teamOf(mover)).toBe(alone);
    const [a = 0, b = 0] = sides();
    expect(Math.abs(a - b)).toBeLessThanOrEqual(1);
  });

  test("[PLACE-11] with free choice, every player may join either side", async () => {
    await gather({ ...TEAMS, teamChoice: "own" });
    const cat = await enter({ name: "Cat" });
    for (const person of [ann, ben, cat]) expect(await person.place({ to: "players", team: 1 })).toEqual(OK);
    expect(sides()).toEqual([0, 3]);
  });

  test("[PLACE-12] when the host chooses, players cannot, and the host's choice holds in the next match", async () => {
    await gather({ ...TEAMS, teamChoice: "host" });
    const cat = await enter({ name: "Cat" });
    for (const team of [0, 1]) {
      expect(await ben.place({ to: "players", team })).toEqual(refused("noChoice"));
    }
    for (const { id } of [ann, ben, cat])
      expect(await ann.host({ do: "move", seat: id, team: 1 })).toEqual(OK);
    await ann.host({ do: "start" });
    await until("it counts down", () => state().phase === "countdown");
    expect(await ann.host({ do: "restart" })).toEqual(OK);
    expect([ann, ben, cat].map(teamOf)).toEqual([1, 1, 1]);
    await ben.place({ to: "spectators" });
    expect(await ben.place({ to: "players", team: 0 })).toEqual(refused("noChoice"));
    expect(await ben.place({ to: "players" })).toEqual(OK);
  });

  test("[PLACE-13] in a mode without sides, no side can be chosen", async () => {
    await gather();
    expect(await ben.place({ to: "players", team: 1 })).toEqual(refused("noChoice"));
  });

  test("[PLACE-14] a malformed wish is answered with an error, and the client stays connected", async () => {
    await gather(TEAMS);
    for (const wish of [
      { to: "heaven" },
      { to: "players", team: 2 },
      { to: "players", team: "0" },
      undefined,
    ]) {
      await expect(ben.room.request(MESSAGE.place, wish)).rejects.toThrow();
    }
    expect(ben.room.connection.isOpen).toBe(true);
  });
});
