/** Whom a lone person meets: the bots of a public room, and those of the range. */
import { matchMaker } from "@colyseus/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { arenaOf } from "#server/arenas.ts";
import { publicSettings } from "#server/rooms/settings.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, openRoom, type Person } from "#server/testing/company.ts";
import { PICKUPS } from "#shared/tuning.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, roomMap: undefined });
});
afterAll(() => server.close());

/** As the page opens it (game-client/ui/teach/range.ts). */
const RANGE = {
  ...{ map: "range", mode: "deathmatch", bots: 1, botSkill: "easy", players: 2 },
  ...{ scoreLimit: 500, timeLimitMin: 60, vote: false, listed: false, spectating: "off" },
};
const botsIn = ({ state }: Person) => [...state.roster.values()].filter(({ bot }) => bot).length;

test("[COMPANY-4] a public room begins on the smallest map that holds it, with as many drones as that is made for", async () => {
  const ann = await openRoom(server, { name: "Ann", private: false });
  expect(ann.state.map).toBe("orchard");
  await until("its bots are there", () => botsIn(ann) === arenaOf("orchard").players.min - 1);
  await ann.room.leave();
});

test("[COMPANY-5] whoever opens the range plays alone at once, with an easy bot, and its pickups are soon back", async () => {
  const ann = await openRoom(server, { name: "Ann", settings: RANGE });
  await until("the bot is there", () => botsIn(ann) === 1);
  expect(await ann.host({ do: "start" })).toEqual({ ok: true });
  await until("the match is live", () => ann.state.phase === "live");
  const { state } = server.roomOf(ann.room);
  const arena = arenaOf("range");
  const at = arena.pickups.findIndex(({ kind }) => kind === "overcharge");
  const spot = arena.pickups[at] as { x: number; y: number };
  await until("the pickup is there", () => state.pickups.get(String(at)) !== undefined);
  const drone = state.drones.get(ann.id);
  if (drone) Object.assign(drone, { x: spot.x, y: spot.y, vx: 0, vy: 0, hp: 100 });
  const since = state.tick;
  await until("it is taken", () => (drone?.overchargeTicks ?? 0) > 0);
  if (drone) Object.assign(drone, { x: 416, y: 320 });
  await until("it is back", () => state.pickups.get(String(at)) !== undefined);
  expect(state.tick - since).toBeLessThan(PICKUPS.overcharge.returnTicks);
  await ann.room.leave();
});

test("[COMPANY-30] a range ends when its visitor leaves, so that the next visit is not refused for too many rooms", async () => {
  for (let visit = 0; visit < 5; visit++) {
    const ann = await openRoom(server, { name: "Ann", settings: RANGE });
    const code = ann.room.roomId;
    await ann.room.leave();
    await until("the range is over", () => matchMaker.getLocalRoomById(code) === undefined);
  }
});

test("[COMPANY-6] the range is nobody's first map, also if an operator names it", () => {
  const named = { players: 4, timeLimitMin: 5, scoreLimit: 0, firstMap: "range" };
  expect(publicSettings("deathmatch", named).map).not.toBe("range");
  for (const players of [1, 4, 16, 200]) {
    expect(publicSettings("deathmatch", { players, timeLimitMin: 5, scoreLimit: 0 }).map).not.toBe("range");
  }
});
