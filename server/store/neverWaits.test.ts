/** A tick never waits for the store: no statement runs on the thread that ticks. */
import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { arenaOf } from "#server/arenas.ts";
import { until } from "#server/testing/bootServer.ts";
import { type ServerProcess, startServer } from "#server/testing/serverProcess.ts";
import { importsOf } from "#server/testing/suite/projects.ts";
import { brainDriver, type Driver } from "#server/testing/wanderers.ts";
import { TICK_MS } from "#shared/config.ts";
import { type IdentityAnswer, ROUTE } from "#shared/protocol/http.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { CommandInput } from "#shared/schema/input.ts";
import type { ArenaState } from "#shared/schema/state.ts";

const SLOW_COMMITS = fileURLToPath(new URL("../testing/faults/slowCommits.ts", import.meta.url));
const METRICS_TOKEN = "the metrics of this test";
const PLAYERS = 4;
const MATCHES = 3;

let folder: string;
let server: ServerProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fracas-slow-"));
  server = await startServer({
    DATA_DIR: folder,
    METRICS_TOKEN,
    NODE_OPTIONS: `--import ${SLOW_COMMITS}`,
  });
});
afterAll(async () => {
  server?.kill();
  await server?.ended;
  await rm(folder, { recursive: true, force: true });
});

/** Enters a room of one's own, or the room of that code, with a new identity, and plays as a bot would. */
async function fight(seed: number, code?: string) {
  const answer = await fetch(`${server.url}${ROUTE.identity}`, {
    method: "POST",
    headers: { origin: server.url, "content-type": "application/json" },
  });
  const client = new Client(server.url);
  client.auth.token = ((await answer.json()) as IdentityAnswer).token;
  const room = await (code === undefined
    ? client.create<ArenaState>(ROOM.arena, { private: true })
    : client.joinById<ArenaState>(code));
  room.onMessage("*", () => {});
  const input = room.input({ type: CommandInput });
  let driver: Driver | undefined;
  const driving = setInterval(() => {
    if (room.state?.phase !== "live" || !room.state.drones.has(room.sessionId)) return;
    driver ??= brainDriver(arenaOf(room.state.map), seed);
    Object.assign(input.data, driver(room.state, room.sessionId));
    input.send();
  }, TICK_MS);
  room.onLeave(() => clearInterval(driving));
  return room;
}

async function metric(name: string): Promise<number> {
  const answer = await fetch(`${server.url}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  });
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(await answer.text())?.[1]);
}

test("[STORE-10] while each commit takes 500 ms, patches of a fight go on within every commit, and matches are counted", async () => {
  const host = await fight(0);
  const others = Array.from({ length: PLAYERS - 1 }, (_, at) => fight(at + 1, host.roomId));
  const rooms = [host, ...(await Promise.all(others))];
  const patchesAt: number[] = [];
  host.onStateChange(() => void patchesAt.push(Date.now()));
  await until("a patch arrives", () => patchesAt.length > 0);
  while ((await metric("fracas_results_counted_total")) < MATCHES) {
    const step = { waiting: "start", live: "end", results: "start" }[host.state.phase as string];
    // Refused while a countdown is about to begin.
    if (step) await host.request(MESSAGE.host, { do: step }).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const from = patchesAt[0] ?? 0;
  const to = patchesAt.at(-1) ?? 0;
  const commits = Array.from(
    server.output().matchAll(/^commit from (\d+) to (\d+)$/gm),
    ([, begin, end]) => ({
      begin: Number(begin),
      end: Number(end),
    }),
  ).filter(({ begin, end }) => begin > from && end < to);
  expect(commits.length).toBeGreaterThanOrEqual(MATCHES);
  const within = commits.map(({ begin, end }) => patchesAt.filter((at) => at > begin && at < end).length);
  // A thread that waited would have sent none, or one, within each commit. A busy machine may delay the patches of some.
  expect(within.filter((count) => count > 2).length).toBeGreaterThan(commits.length / 2);
  expect(server.output()).not.toContain("statement on the main thread");
  for (const room of rooms) await room.leave();
}, 120_000);

test("[STORE-11] the main thread imports no database, at start or later", () => {
  const imports = importsOf("server/main.ts");
  expect(imports).toContain("server/store/store.ts");
  for (const name of [
    "node:sqlite",
    "pg",
    "kysely",
    "server/store/database/database.ts",
    "server/store/storeWorker.ts",
  ])
    expect(imports).not.toContain(name);
});

test("[STORE-12] only the store and tests import a database", () => {
  const importing = globSync("{server,shared,game-client}/**/*.{ts,tsx}")
    .filter((file) => !/\.test\.tsx?$|^server\/(store|testing)\//.test(file))
    .filter((file) => /from "(node:sqlite|pg|kysely(\/.*)?)"/.test(readFileSync(file, "utf8")));
  expect(importing).toEqual([]);
});
