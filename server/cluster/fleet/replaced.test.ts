/** Two machines with one Redis, while one of them gets newer code: its rooms end for nobody. */
import { Client } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DeployedServer, startDeployed } from "#server/testing/deployedServer.ts";
import { freePort } from "#server/testing/freePort.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { type ServerProcess, startServer } from "#server/testing/serverProcess.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

let redis: TestRedis;
let here: ServerProcess;
let there: DeployedServer;

async function machine(host: string): Promise<Record<string, string>> {
  const port = String(await freePort());
  return {
    ...{ HOST: host, PORT: port, PUBLIC_ADDRESS: `${host}:${port}`, REDIS_URL: redis.url },
    DRAIN_SECONDS: "1",
  };
}

beforeAll(async () => {
  redis = await startRedis();
  [here, there] = await Promise.all([
    machine("127.0.0.6").then((told) => startServer({ ...told, DATA_DIR: temporaryFolder("data") })),
    machine("127.0.0.7").then(startDeployed),
  ]);
});
afterAll(async () => {
  for (const server of [here, there]) server.kill();
  await redis.close();
});

test("[FLEET-44] while a machine's front is replaced, another machine never says that its rooms have ended", async () => {
  const room = await new Client(there.url).create<ArenaState>(ROOM.arena, { private: true, name: "Host" });
  room.onMessage("*", () => {});
  const path = pathTo(ROUTE.room, { code: room.roomId });
  const look = async () => (await fetch(`${here.url}${path}`)).text();
  await expect.poll(look).toContain('"is":"open"');
  const seen = new Set<string>();
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      seen.add(JSON.parse(await look()).is ?? "refused");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  await there.deploy();
  await expect
    .poll(
      () =>
        new Client(here.url).joinById(room.roomId, { spectate: true }).then(({ roomId }) => roomId, String),
      {
        timeout: 20_000,
      },
    )
    .toBe(room.roomId);
  isOver = true;
  await looking;
  expect(seen).toContain("open");
  expect([...seen].filter((each) => each !== "open" && each !== "refused")).toEqual([]);
});
