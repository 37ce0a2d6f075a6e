/** Tests what /readyz and /metrics tell an operator while results wait: the server stays ready, because play goes on. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { progress } from "#server/services/progress.ts";
import { ask } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { aResult, matchId } from "#server/testing/matches.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

const LONG = { timeout: 30_000 };

let dataDir: string;
let server: TestServer | undefined;
beforeEach(() => {
  dataDir = temporaryFolder("keeping");
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const ready = async (booted: TestServer) => {
  const { status, body } = await ask(booted, "/readyz");
  return `${status} ${body.trim()}`;
};

async function metrics(booted: TestServer): Promise<Record<string, number>> {
  const { body } = await ask(booted, "/metrics");
  const lines = body.matchAll(/^fracas_(store_away|results_\w+) (\S+)$/gm);
  return Object.fromEntries(Array.from(lines, ([, name = "", value]) => [name, Number(value)]));
}

test("[EDGE-HEALTH-5] while the store is away the server is ready, says since when, and how many results wait", async () => {
  const booted = await bootServer({ dataDir });
  server = booted;
  expect(await ready(booted)).toBe("200 ready");
  const before = await metrics(booted);
  expect(before).toMatchObject({ store_away: 0, results_waiting: 0, results_set_aside: 0 });
  const other = new DatabaseSync(join(dataDir, "fracas.db"));
  other.exec("BEGIN EXCLUSIVE");
  progress().keep(aResult(), () => {});
  await vi.waitUntil(
    async () => /^200 ready, store away since \d+ s, results that wait: 1$/.test(await ready(booted)),
    LONG,
  );
  expect(await metrics(booted)).toMatchObject({ store_away: 1, results_waiting: 1 });
  other.exec("ROLLBACK");
  other.close();
  // The end of the next match tries again, the oldest first.
  progress().keep(aResult({ id: matchId(0, 2) }), () => {});
  await vi.waitUntil(async () => (await ready(booted)) === "200 ready", LONG);
  expect(await metrics(booted)).toMatchObject({
    store_away: 0,
    results_waiting: 0,
    results_counted_total: (before.results_counted_total ?? 0) + 2,
  });
});

test("[EDGE-HEALTH-6] says that damaged results were set aside", async () => {
  await mkdir(join(dataDir, "outbox"), { recursive: true });
  await writeFile(join(dataDir, "outbox", `${matchId(0, 1)}.json`), "");
  const booted = await bootServer({ dataDir });
  server = booted;
  await vi.waitUntil(async () => (await ready(booted)) === "200 ready, results set aside: 1", LONG);
  expect(await metrics(booted)).toMatchObject({ results_set_aside: 1 });
});

test("[EDGE-HEALTH-7] is ready where DATA_DIR cannot be written, and says that nothing lasts", async () => {
  const file = join(dataDir, "a file");
  await writeFile(file, "");
  const booted = await bootServer({ dataDir: file });
  server = booted;
  expect(await ready(booted)).toBe("200 ready, nothing lasts: DATA_DIR cannot be written");
  expect(await metrics(booted)).toMatchObject({ store_away: 1 });
});
