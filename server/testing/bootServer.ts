/** Boots a real server on a free loopback port, with real SDK clients for it. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { matchMaker } from "@colyseus/core";
import { Client, type Room } from "@colyseus/sdk";
import { type App, createApp } from "#server/app.ts";
import { arenaOf } from "#server/arenas.ts";
import { parseConfig, type ServerConfig } from "#server/config.ts";
import { log } from "#server/log.ts";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { keepFailedRooms } from "#shared/testing/failedRooms.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { cut } from "./cut.ts";

/** 2 in the Vitest project that runs tests once more with room processes (suite/projects.ts). */
export const TEST_PROCESSES = Number(process.env.TEST_PROCESSES ?? 1);

/** Outlasts the tests. */
const KEPT_INCIDENTS = join(tmpdir(), "fracas-incidents");

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own default for a room whose server class is not imported
export type ArenaClient = Room<any, ArenaState>;

export interface TestServer {
  readonly app: App;
  readonly port: number;
  readonly url: string;
  readonly client: Client;
  /** Joins an arena by quick play and waits for the first state. */
  join(options?: object): Promise<ArenaClient>;
  /** The server's room object for a client. */
  roomOf(client: ArenaClient): ArenaRoom;
  /** Terminates a client's connection without a close frame, as a network failure does. */
  cut(client: ArenaClient): void;
  close(): Promise<void>;
}

/** One server per process, because Colyseus' matchmaker is global. `rules` override the configuration's defaults. */
export async function bootServer(rules: Partial<ServerConfig> = {}): Promise<TestServer> {
  log.level = "silent";
  const dataDir = temporaryFolder("data");
  const app = await createApp({
    ...parseConfig({}),
    logLevel: "silent",
    dataDir,
    processes: TEST_PROCESSES,
    // Tests place drones where it has open floor; of many players, where the town has.
    roomMap: (rules.roomPlayers ?? 0) > arenaOf("foundry").players.max ? undefined : "foundry",
    ...rules,
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const address = app.http.address();
  if (typeof address !== "object" || !address) throw new Error("the test server has no port");
  const url = `http://127.0.0.1:${address.port}`;
  const client = new Client(url);
  return {
    app,
    port: address.port,
    url,
    client,
    async join(options = {}) {
      const room = await client.joinOrCreate<ArenaState>(ROOM.arena, options);
      room.onMessage("*", () => {});
      await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
      return room;
    },
    roomOf,
    cut,
    async close() {
      await app.close();
      // A test that makes rooms fail brings a folder of its own.
      for (const command of keepFailedRooms(dataDir, KEPT_INCIDENTS))
        console.error(`a room failed: ${command}`);
    },
  };
}

const roomOf = (room: ArenaClient) => matchMaker.getLocalRoomById(room.roomId) as ArenaRoom;

/** The URL that the SDK opens to return to the client's seat. */
export function returnUrl({ connection, reconnectionToken }: ArenaClient): URL {
  const url = new URL((connection as unknown as { url: string }).url);
  url.searchParams.set("reconnectionToken", reconnectionToken.split(":")[1] ?? "");
  return url;
}

/** Polls until `condition` holds; throws an error that names `what` after `timeoutMs`. */
export async function until(what: string, condition: () => boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
