/** A booted server whose replays cannot be written. */
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { replaysWritten } from "#server/services/replays/replays.ts";
import { replaysFolder } from "#server/store/places.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import { enterRoom, openRoom } from "#server/testing/company.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

let server: TestServer;

beforeAll(async () => {
  const dataDir = temporaryFolder("data");
  writeFileSync(replaysFolder(dataDir), "no folder");
  server = await bootServer({ dataDir });
});
afterAll(() => server.close());

test("[TAPE-50] a disk that takes no replay is counted and logged once, and the match goes on to its end", async () => {
  const lines = captureLog();
  const ann = await openRoom(server, { name: "Ann", settings: RoomSettings.parse({ bots: 0 }) });
  const room = server.roomOf(ann.room);
  const ben = await enterRoom(server, room.roomId, { name: "Ben" });
  await ann.host({ do: "start" });
  await until("the match begins", () => ben.state.phase === "live");
  const failures = () => lines.filter(({ msg }) => msg.startsWith("a replay could not be written"));
  await until("the failure", () => failures().length > 0);
  const { tick } = ben.state;
  await until("the match goes on", () => ben.state.tick > tick + 30);
  expect(await ann.host({ do: "end" })).toEqual({ ok: true });
  await until("the results", () => ben.state.phase === "results");
  await replaysWritten();
  expect(failures()).toHaveLength(1);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/^fracas_replays_failed_total 1$/m);
});
