/** A room on a brought arena over a stop and a start of the server. */
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { openDatabase } from "./store/database/database.ts";
import { QUERIES } from "./store/queries.ts";
import { until } from "./testing/bootServer.ts";
import { bring, titledAnvil } from "./testing/broughtFiles.ts";
import { leaveAll, OK, openRoom, type Person, somebody } from "./testing/company.ts";
import { freePort } from "./testing/freePort.ts";
import { Restartable } from "./testing/restartable.ts";

const started: Restartable[] = [];
const here: Person[] = [];
afterEach(() => leaveAll(here));
afterAll(() => {
  for (const server of started) server.process.kill();
});

async function hostOn(server: Restartable, title: string): Promise<{ ann: Person; map: string }> {
  const guest = await somebody(server.server);
  const map = await bring(guest, titledAnvil(title));
  const settings = RoomSettings.parse({ map, bots: 1, timeLimitMin: 30 });
  const ann = await openRoom(server.server, { name: "Ann", settings }, guest);
  Object.assign(ann.room.reconnection, { enabled: true, minUptime: 0, maxDelay: 500, maxRetries: 100 });
  here.push(ann);
  expect(await ann.host({ do: "start" })).toEqual(OK);
  await until("the match is live", () => ann.state.phase === "live");
  await until("its file is there", () => server.files().includes(`${ann.room.roomId}.json`));
  return { ann, map };
}

/** `meanwhile`: done while the server is down. */
async function restart(server: Restartable, { room }: Person, meanwhile = async () => {}): Promise<void> {
  const back = new Promise<void>((resolve) => room.onReconnect.once(resolve));
  await server.end("SIGTERM");
  await meanwhile();
  await server.start();
  await back;
}

async function removeFrom({ dataDir }: Restartable, sha256: string): Promise<void> {
  const { db, close } = openDatabase({ kind: "sqlite", path: join(dataDir, "fracas.db") });
  expect(await QUERIES.removeArena(db, { sha256, identity: undefined, atMs: Date.now() })).toBe("removed");
  await close();
}

test("[BROUGHT-30] a match goes on in its arena after a restart; without the arena the room waits on another map", async () => {
  const server = new Restartable(await freePort());
  started.push(server);
  await server.start();
  const { ann, map } = await hostOn(server, "Lasting");
  await restart(server, ann);
  await until("the match goes on", () => ann.state.map === map && ann.state.phase === "live");
  expect(ann.told("mapGone")).toEqual([]);

  await restart(server, ann, () => removeFrom(server, map));
  await until("the host is told", () => ann.told("mapGone").length === 1);
  await until("another map is up", () => ann.state.map !== map && ann.state.phase === "waiting");
  expect(ann.state.held).toBe(true);
  expect(ann.state.roster.get(ann.id)?.name).toBe("Ann");
  expect(await ann.host({ do: "start" })).toEqual(OK);
  await until("it is played", () => ann.state.phase === "live");
}, 150_000);
