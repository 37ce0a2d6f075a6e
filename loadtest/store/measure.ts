/** Measures a filled database: applying results, and every page of it through a real server beside a fight. */

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { END_WITH_STARTER, type SpawnedServer, spawnServer } from "#loadtest/lib/server/spawnServer.ts";
import { createIdentityService } from "#server/services/identity.ts";
import { openDatabase, type StoreAddress } from "#server/store/database/database.ts";
import { uuidText } from "#server/store/database/uuid.ts";
import { queries } from "#server/store/results/results.ts";
import { drawFrom } from "#server/testing/matches.ts";
import { percentile } from "#shared/figures/stats.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { drawMatches, drawnPlayer, type Plan } from "./drawn.ts";
import type { StoreBenchOptions } from "./options.ts";
import { type Answered, sendSteadily, type Target } from "./requests.ts";

const LOADTEST = fileURLToPath(new URL("../load/main.ts", import.meta.url));
const RESULTS = 500;
/** Until all bots have joined. */
const JOIN_MS = 10_000;

/** Milliseconds that each of some results took, drawn after those of the plan. */
export async function timeResults(address: StoreAddress, plan: Plan): Promise<number[]> {
  const { db, close } = openDatabase(address);
  try {
    const times: number[] = [];
    const after = { ...plan, matches: RESULTS, untilMs: plan.untilMs + 3_600_000, seed: plan.seed + 1 };
    for (const result of drawMatches(after)) {
      const startMs = performance.now();
      // Two years are drawn, of which the last hour counts: results come in when they are played.
      await queries.applyResult(db, { ...result, startedAt: plan.untilMs, endedAt: plan.untilMs + 240_000 });
      times.push(performance.now() - startMs);
    }
    return times;
  } finally {
    await close();
  }
}

/** Bytes of the database as PostgreSQL counts them. */
export async function databaseBytes(address: StoreAddress): Promise<number> {
  const { db, close } = openDatabase(address);
  const { rows } = await sql<{ bytes: number }>`SELECT pg_database_size(current_database()) AS bytes`.execute(
    db,
  );
  await close();
  return rows[0]?.bytes ?? 0;
}

export interface Measured {
  /** By what was asked. */
  pages: Record<string, Answered>;
  /** The load test's report on the fight; undefined without one. */
  fight: string | undefined;
}

export async function measurePages(
  address: StoreAddress,
  dataDir: string,
  plan: Plan,
  options: StoreBenchOptions,
): Promise<Measured> {
  const secret = randomBytes(24).toString("hex");
  const server = await spawnServer(END_WITH_STARTER, {
    DATA_DIR: dataDir,
    JWT_SECRET: secret,
    // Requests of this machine are not limited.
    NODE_ENV: "development",
    ...(address.kind === "postgres" ? { DATABASE_URL: address.url } : {}),
  });
  try {
    const targets = await targetsOf(address, plan, secret);
    const fight = options.clients > 0 ? startFight(server, options, Object.keys(targets).length) : undefined;
    if (fight) await new Promise((resolve) => setTimeout(resolve, JOIN_MS));
    const pages: Measured["pages"] = {};
    for (const [name, next] of Object.entries(targets))
      pages[name] = await sendSteadily(server.origin, options, next);
    return { pages, fight: await fight };
  } finally {
    await server.stop();
  }
}

/** Draws what each page is asked for: mostly other players and matches, so that the server's short caches help little. */
async function targetsOf(
  address: StoreAddress,
  { players, seed }: Plan,
  secret: string,
): Promise<Record<string, () => Target | Promise<Target>>> {
  const draw = drawFrom(seed + 2);
  const identities = createIdentityService(secret);
  const uuids = await someMatches(address);
  const below = (bound: number) => Math.floor(draw() * bound);
  const account = () => {
    for (;;) {
      const player = drawnPlayer(1 + below(players));
      if (player.name) return { ...player, name: player.name };
    }
  };
  const board = (span: string) => {
    const mode = MODE_NAMES[below(MODE_NAMES.length)];
    return `${ROUTE.leaderboard}?mode=${mode}&span=${span}`;
  };
  return {
    profile: () => ({ path: pathTo(ROUTE.player, { name: account().name }) }),
    match: () => ({ path: pathTo(ROUTE.match, { id: uuids[below(uuids.length)] ?? "" }) }),
    "newest matches": () => ({ path: `${ROUTE.matches}?limit=${1 + below(100)}` }),
    "season, top": () => ({ path: board("season") }),
    "season, around": async () => ({ path: board("season"), token: await identities.issue(account().sub) }),
    "week, around": async () => ({ path: board("week"), token: await identities.issue(account().sub) }),
  };
}

/** Ids from all over the table. */
async function someMatches(address: StoreAddress): Promise<string[]> {
  const { db, close } = openDatabase(address);
  const { last } = await db
    .selectFrom("match")
    .select((match) => match.fn.max("id").as("last"))
    .executeTakeFirstOrThrow();
  const step = Math.max(1, Math.floor(last / 20_000));
  const ids = Array.from({ length: Math.min(last, 20_000) }, (_, at) => 1 + at * step);
  const uuids: string[] = [];
  for (let from = 0; from < ids.length; from += 500) {
    const rows = await db
      .selectFrom("match")
      .select("uuid")
      .where("id", "in", ids.slice(from, from + 500))
      .execute();
    uuids.push(...rows.map(({ uuid }) => uuidText(uuid)));
  }
  await close();
  return uuids;
}

/** Resolves with the lines of the load test's report that say how the fight went. */
async function startFight(
  { origin, botToken, metricsToken }: SpawnedServer,
  { clients, durationSec }: StoreBenchOptions,
  pages: number,
): Promise<string> {
  const seconds = Math.max(1, pages * durationSec + JOIN_MS / 1000 - 5);
  const words = [
    "--endpoint",
    origin,
    "--clients",
    String(clients),
    "--duration",
    String(seconds),
    "--light",
  ];
  const child = spawn(process.execPath, [LOADTEST, ...words], {
    env: { PATH: process.env.PATH, BOT_TOKEN: botToken, METRICS_TOKEN: metricsToken },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  await once(child, "close");
  const lines = output.split("\n").filter((line) => /held|tick|patch|INVALID|rror/.test(line));
  return lines.join("\n");
}

/** "p50 1.2 ms, p99 8.3 ms". */
export const timesText = (timesMs: readonly number[]): string =>
  [0.5, 0.99].map((share) => `p${share * 100} ${percentile(timesMs, share).toFixed(1)} ms`).join(", ");
