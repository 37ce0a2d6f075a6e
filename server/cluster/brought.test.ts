/** Brought arenas in room processes, which ask the front for them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { bring, removeBrought, titledAnvil } from "#server/testing/broughtFiles.ts";
import { BEHIND_PROXY, OK, openRoom, type Person, refused, somebody } from "#server/testing/company.ts";
import { openInEach, rowOf } from "#server/testing/roomProcesses.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, processes: 2 });
});
afterAll(() => server.close());

const settingsOf = (map: string) => ({ settings: RoomSettings.parse({ map, bots: 1, timeLimitMin: 30 }) });
const change = (host: Person, map: string) => host.host({ do: "settings", change: { map } });

test("[BROUGHT-31] each process loads an arena that was brought while it ran, and lets go of one that is removed", async () => {
  const guest = await somebody(server);
  const map = await bring(guest, titledAnvil("Everywhere"));
  const hosts = await openInEach(server, 2, settingsOf(map));
  expect(hosts.map(({ state }) => state.map)).toEqual([map, map]);
  const next = await bring(guest, titledAnvil("Next"));
  expect(await Promise.all(hosts.map((host) => change(host, next)))).toEqual([OK, OK]);
  expect(await Promise.all(hosts.map((host) => change(host, "f".repeat(64))))).toEqual([
    refused("badMap"),
    refused("badMap"),
  ]);
  await until("it is the map", () => hosts.every(({ state }) => state.map === next));

  expect(await removeBrought(server, next, guest)).toMatchObject({ status: 204 });
  for (const host of hosts) {
    expect(await host.host({ do: "start" })).toEqual(OK);
    await until("the countdown runs", () => host.state.phase !== "waiting");
    expect(await host.host({ do: "restart" })).toEqual(OK);
    await until("another map is played", () => host.state.map !== next);
    await until("the host is told", () => host.told("mapGone").length === 1);
  }
  await Promise.all(hosts.map(({ room }) => room.leave()));
});

test("[BROUGHT-32] a room whose process dies goes on in another one, in its arena", async () => {
  const map = await bring(await somebody(server), titledAnvil("Survivor"));
  const ann = await openRoom(server, { name: "Ann", ...settingsOf(map) });
  Object.assign(ann.room.reconnection, { enabled: true, minUptime: 0, maxDelay: 500, maxRetries: 100 });
  expect(await ann.host({ do: "start" })).toEqual(OK);
  await until("the match is live", () => ann.state.phase === "live");
  const back = new Promise<void>((resolve) => ann.room.onReconnect.once(resolve));
  const before = rowOf(server, ann)?.processId;
  server.app.pool?.all.find(({ id }) => id === before)?.kill();
  await back;
  await until("the match goes on", () => ann.state.map === map && ann.state.phase === "live");
  expect(rowOf(server, ann)?.processId).not.toBe(before);
  ann.room.reconnection.enabled = false;
  await ann.room.leave();
});
