/** A match in a room process, from the fight to the page that shows it. */
import { expect, test } from "vitest";
import { ask } from "#server/testing/asking.ts";
import { bootServer, until } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, enterRoom, openRoom, type Person } from "#server/testing/company.ts";
import type { MatchPage } from "#shared/protocol/progress.ts";

const gainOf = (person: Person) =>
  person.told("result").flatMap(({ news }) => (news.is === "counted" ? [news] : []));

test("[CLUSTER-33] the front counts a match of a room process, and its players hear of it", async () => {
  const server = await bootServer({ ...BEHIND_PROXY, matchSeconds: 5, processes: 2 });
  const ann = await openRoom(server, { name: "Ann", private: false });
  const ben = await enterRoom(server, ann.room.roomId, { name: "Ben" });
  await until("both know what they gained", () => gainOf(ann).length + gainOf(ben).length === 2, 30_000);
  const { body } = await ask(server, `/api/matches/${gainOf(ann)[0]?.match}`);
  const { players } = JSON.parse(body) as MatchPage;
  expect(players.flatMap(({ name, isBot }) => (isBot ? [] : [name])).sort()).toEqual(["Ann", "Ben"]);
  for (const { room } of [ann, ben]) room.reconnection.enabled = false;
  await server.close();
});
