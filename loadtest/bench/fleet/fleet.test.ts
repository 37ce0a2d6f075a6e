/** What a join costs Redis does not depend on the number of rooms; and the bench of the fleet runs and ends. */
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readMachine } from "#loadtest/lib/machine.ts";
import { KEY } from "#server/cluster/fleet/keys.ts";
import { log } from "#server/log.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { type BenchMachine, closeMachine, codeOf, join, openMachine, putRoom } from "./machines.ts";
import { measureAlone } from "./main.ts";
import { type FleetOptions, readFleetOptions } from "./options.ts";
import { type RedisWork, readWork } from "./redisFigures.ts";
import { markdownOf, pageOf } from "./report.ts";

const SIZES = [100, 1_000, 10_000];
const JOINS = 40;
/** Leases are renewed meanwhile, each second by each machine. */
const BYTES_WITHIN = 0.1;

let redis: TestRedis;
let operator: Redis;
const machines: BenchMachine[] = [];

beforeAll(async () => {
  log.level = "silent";
  redis = await startRedis();
  operator = new Redis(redis.url);
  machines.push(...[0, 1].map((number) => openMachine(redis.url, number, false)));
});
afterAll(async () => {
  await Promise.all(machines.map(closeMachine));
  operator.disconnect();
  await redis.close();
});

interface Cost {
  readonly calls: Record<string, number>;
  readonly bytes: number;
}

/** The cost of joins from the first machine to as many rooms of the second one. */
async function costOf(code: (at: number) => string | undefined): Promise<Cost> {
  const [first] = machines;
  if (!first) throw new Error("no machine");
  const before = await readWork(operator);
  for (let at = 0; at < JOINS; at++) await join(first, at, code(at));
  const after = await readWork(operator);
  return { calls: callsBetween(before, after), bytes: (after.bytes - before.bytes) / JOINS };
}

const callsBetween = (before: RedisWork, after: RedisWork) =>
  Object.fromEntries([...after.calls].map(([name, count]) => [name, count - (before.calls.get(name) ?? 0)]));

test("[FLEET-28] a join by code is one HGET and four messages, and a join's bytes do not grow with the rooms", async () => {
  const byCode: Cost[] = [];
  const quickPlay: Cost[] = [];
  for (const rooms of SIZES) {
    for (let room = 0; room < rooms; room++) putRoom(machines, room, 8);
    await expect.poll(() => operator.zcard(KEY.listed)).toBe(rooms);
    await expect.poll(() => machines[0]?.fleet.addresses.length).toBe(2);
    // Odd rooms are the second machine's.
    byCode.push(await costOf((at) => codeOf(2 * at + 1)));
    quickPlay.push(await costOf(() => undefined));
    // The rows that the first joins have read are remembered for a second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }
  for (const { calls } of byCode) expect(calls).toMatchObject({ hget: JOINS, publish: 4 * JOINS });
  for (const { calls } of [...byCode, ...quickPlay])
    for (const name of ["hgetall", "hvals", "hkeys", "keys", "scan", "hscan", "zrange"])
      expect(calls[name] ?? 0).toBe(0);
  const [least, most] = [
    Math.min(...byCode.map(({ bytes }) => bytes)),
    Math.max(...byCode.map(({ bytes }) => bytes)),
  ];
  expect(most / least).toBeLessThan(1 + BYTES_WITHIN);
  // Quick play reads one page for all who press Play within half a second.
  for (const { bytes } of quickPlay) expect(bytes).toBeLessThan(2 * most);
});

test("[FLEET-29] the bench joins without a failure, ends by itself, and shows each size", async () => {
  const line = "--fleet --machines 3 --rooms 30,60 --joins 50 --changes 100 --seconds 1";
  const options = readFleetOptions(line.split(" ")) as FleetOptions;
  const sizes = [await measureAlone(30, options), await measureAlone(60, options)];
  for (const { joins, failed, byCodeP50Ms, quickPlayP50Ms, memoryMb } of sizes) {
    expect([joins, failed]).toEqual([50, 0]);
    for (const figure of [byCodeP50Ms, quickPlayP50Ms, memoryMb]) expect(figure).toBeGreaterThan(0);
  }
  const report = { date: new Date(0).toISOString(), command: line, machine: readMachine(), options, sizes };
  expect(markdownOf(report)).toContain("| rooms | 30 | 60 |");
  expect(pageOf(report)).not.toMatch(/(src|href)=/);
});
