/** A match on a server with its own database, from the fight to the page that shows it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, enterRoom, openRoom, type Person } from "#server/testing/company.ts";
import { Device } from "#server/testing/device.ts";
import type { MatchPage } from "#shared/protocol/progress.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, matchSeconds: 5 });
});
afterAll(() => server.close());

const gainOf = (person: Person) =>
  person.told("result").flatMap(({ news }) => (news.is === "counted" ? [news] : []));

test("[OUTCOME-8] a public match is counted while its players are still there, and has a page", async () => {
  const ann = await openRoom(server, { name: "Ann", private: false });
  const ben = await enterRoom(server, ann.room.roomId, { name: "Ben" });
  const { state } = server.roomOf(ann.room);
  const winner = state.drones.get(ann.id);
  if (winner) winner.score += 5;
  await until("both know what they gained", () => gainOf(ann).length + gainOf(ben).length === 2);
  const [news] = gainOf(ann);
  expect(news?.gain).toMatchObject({ points: null, whyUnrated: "tooShort" });
  expect(news?.gain.xp).toBeGreaterThan(0);
  expect(gainOf(ben)[0]?.match).toBe(news?.match);
  const { status, body } = await ask(server, `/api/matches/${news?.match}`);
  expect(status).toBe(200);
  const page = JSON.parse(body) as MatchPage;
  expect(page).toMatchObject({ how: "timeLimit", isHosted: false, mode: "deathmatch" });
  const people = page.players.filter(({ isBot }) => !isBot);
  expect(people.map(({ name, place }) => [name, place])).toEqual([
    ["Ann", 1],
    ["Ben", expect.any(Number)],
  ]);
  await Promise.all([ann.room.leave(), ben.room.leave()]);
});

test("[OUTCOME-9] who makes an account plays under its name in the next room, and a guest of that name gets a number", async () => {
  const device = await Device.fresh(server);
  await device.name("Zoë");
  const zoe = await openRoom(server, { name: "anything", private: false }, device.guest);
  const guest = await enterRoom(server, zoe.room.roomId, { name: "zoë" });
  expect(zoe.state.roster.get(zoe.id)).toMatchObject({ name: "Zoë", account: true });
  expect(guest.state.roster.get(guest.id)).toMatchObject({ name: "zoë 2", account: false });
  await zoe.room.leave();
  const other = await openRoom(server, { name: "ZOË", private: false });
  expect(other.state.roster.get(other.id)).toMatchObject({ name: "ZOË 2", account: false });
  await Promise.all([guest.room.leave(), other.room.leave()]);
});
