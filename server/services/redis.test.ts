/** What the log and /metrics say of a Redis that refuses writes, goes, or comes back. */
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "#server/testing/bootServer.ts";
import { captureLog, type LogLine } from "#server/testing/captureLog.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { registry } from "./metrics.ts";
import { connectRedis } from "./redis.ts";

const WATCH_EVERY_MS = 20;

let server: TestRedis;
let operator: Redis;
let lines: LogLine[];
const opened: Redis[] = [];
const connect = () => {
  const redis = connectRedis(server.url, WATCH_EVERY_MS);
  opened.push(redis);
  return redis;
};
beforeAll(async () => {
  server = await startRedis();
  operator = new Redis(server.url);
  // It loses its connection when the server is killed.
  operator.on("error", () => {});
  lines = captureLog();
});
afterAll(async () => {
  for (const redis of [operator, ...opened]) redis.disconnect();
  await server.close();
});

const isUp = async () => (await registry.getSingleMetric("fracas_redis_up")?.get())?.values[0]?.value;
/** How often a process has tried to write, refused tries included. */
async function tries(): Promise<number> {
  const [, calls, refused] =
    /cmdstat_set:calls=(\d+).*rejected_calls=(\d+)/.exec(await operator.info("commandstats")) ?? [];
  return Number(calls ?? 0) + Number(refused ?? 0);
}
async function becomes(text: string): Promise<void> {
  await until(text, () => lines.at(-1)?.msg.includes(text) === true);
  const before = await tries();
  while ((await tries()) < before + 3);
}

test("[REDIS-1] read-only, out of memory, gone, and back after each: one line each, and a gauge", async () => {
  const redis = connect();
  await new Promise((resolve) => redis.once("ready", resolve));
  await operator.replicaof("127.0.0.1", 1);
  await becomes("refuses writes");
  expect([lines.at(-1)?.reason, await isUp()]).toEqual([expect.stringContaining("READONLY"), 0]);
  await operator.replicaof("NO", "ONE");
  await becomes("is back");
  expect(await isUp()).toBe(1);
  await operator.config("SET", "maxmemory", "1");
  await becomes("refuses writes");
  expect([lines.at(-1)?.reason, await isUp()]).toEqual([expect.stringContaining("OOM"), 0]);
  await operator.config("SET", "maxmemory", "0");
  await becomes("is back");
  await server.kill();
  await until("it is down", () => lines.at(-1)?.msg.includes("is down") === true);
  expect(await isUp()).toBe(0);
  await server.start();
  await becomes("is back");
  expect(lines.map(({ msg }) => /refuses writes|is back|is down/.exec(msg)?.[0])).toEqual([
    "refuses writes",
    "is back",
    "refuses writes",
    "is back",
    "is down",
    "is back",
  ]);
});

test("[REDIS-2] several processes that use one Redis are as they should be: no line warns", async () => {
  for (const redis of opened.splice(0)) redis.disconnect();
  lines.length = 0;
  connect();
  connect();
  const before = await tries();
  while ((await tries()) < before + 10);
  expect(lines).toEqual([]);
});
