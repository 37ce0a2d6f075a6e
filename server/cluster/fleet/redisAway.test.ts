/**
 * Redis that is away, frozen, empty, slow or read-only: each machine goes on with its own rooms, and all is well within
 * five seconds after it is back. Vitest fails on a rejection that nobody handles.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import { Refused } from "#server/edge/refused.ts";
import { log } from "#server/log.ts";
import { type FakeMachine, fakeMachine } from "#server/testing/fakeMachine.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { openTcpProxy, type TcpProxy } from "#shared/testing/tcpProxy.ts";

const WELL_WITHIN = { timeout: 5_000 };
/** Own rooms never wait for Redis. */
const AT_ONCE_MS = 250;

let server: TestRedis;
const proxies: TcpProxy[] = [];
const machines: FakeMachine[] = [];

beforeEach(async () => {
  log.level = "silent";
  server = await startRedis();
});
afterEach(async () => {
  await Promise.all(machines.splice(0).map(({ fleet }) => fleet.close()));
  for (const proxy of proxies.splice(0)) proxy.close();
  await server.close();
});

/** A machine that reaches Redis through a proxy of its own. */
async function open(address: string): Promise<[FakeMachine, TcpProxy]> {
  const proxy = await openTcpProxy(Number(new URL(server.url).port));
  const machine = fakeMachine(`redis://127.0.0.1:${proxy.port}`, address);
  proxies.push(proxy);
  machines.push(machine);
  return [machine, proxy];
}

/** Two machines with a room each, which know each other. */
async function two() {
  const [[a, toA], [b, toB]] = [await open("a.example"), await open("b.example")];
  a.put("AAAAA", { clients: 2 });
  b.put("BBBBB", { clients: 4 });
  await expectWell(a, b);
  return { a, b, toA, toB };
}

const codesIn = async (rows: Promise<{ roomId: string }[]>) => (await rows).map(({ roomId }) => roomId);
const listedBy = ({ fleet }: FakeMachine) => codesIn(fleet.directory.listed());
const hasSeat = ({ fleet }: FakeMachine, room: string) => fleet.ask(room, "hasSeat", { identity: "x" });

async function expectWell(...all: FakeMachine[]): Promise<void> {
  const codes = all.flatMap(({ local }) => [...local.own.keys()]).sort();
  for (const machine of all) {
    await expect.poll(async () => (await listedBy(machine)).sort(), WELL_WITHIN).toEqual(codes);
    for (const code of codes)
      await expect.poll(async () => (await hasSeat(machine, code)).ok, WELL_WITHIN).toBe(true);
    await expect.poll(() => machine.fleet.awaySec, WELL_WITHIN).toBeUndefined();
  }
}

async function withinMs<Value>(ms: number, task: () => Promise<Value>): Promise<Value> {
  const startMs = performance.now();
  const value = await task();
  expect(performance.now() - startMs).toBeLessThan(ms);
  return value;
}

/** The machine has only its own room left, and says so. */
async function expectAlone(machine: FakeMachine, own: string, other: string): Promise<void> {
  const { directory } = machine.fleet;
  await expect.poll(() => machine.fleet.awaySec).toBeDefined();
  expect(await withinMs(AT_ONCE_MS, () => directory.find(own))).toBeDefined();
  expect(await withinMs(AT_ONCE_MS, () => hasSeat(machine, own))).toMatchObject({ ok: true });
  await expect.poll(() => listedBy(machine), WELL_WITHIN).toEqual([own]);
  expect(await codesIn(directory.withPlace(undefined))).toEqual([own]);
  // The row is remembered for a second, the machine is not asked.
  await expect.poll(() => directory.find(other).catch((error) => error), WELL_WITHIN).toBeInstanceOf(Refused);
  expect(await directory.find(other).catch((error) => error)).toMatchObject({
    status: 503,
    retryAfterSec: 3,
  });
  expect(await hasSeat(machine, other)).toMatchObject({ ok: false, status: 503, retryAfterSec: 3 });
}

test("[REDISAWAY-1] killed for longer than ioredis would wait by itself, and back empty: rooms and codes are there again", async () => {
  const { a, b, toA } = await two();
  expect(await a.fleet.directory.drawCode("DRAWN")).toBe(true);
  await server.kill();
  const before = toA.connections;
  // Both connections try again and again; after 20 tries ioredis would give up by itself.
  await expect.poll(() => toA.connections - before, { timeout: 60_000 }).toBeGreaterThan(2 * 25);
  await expectAlone(a, "AAAAA", "BBBBB");
  await expectAlone(b, "BBBBB", "AAAAA");
  expect(await a.fleet.directory.drawCode("AWAYY")).toBe(true);
  expect(await a.fleet.directory.wasDrawn("DRAWN")).toBe(true);
  a.put("NEWER");
  a.end("AAAAA");
  await server.start();
  await expectWell(a, b);
  for (const code of ["DRAWN", "AWAYY", "NEWER"])
    await expect.poll(() => b.fleet.directory.wasDrawn(code), WELL_WITHIN).toBe(true);
  expect(await b.fleet.directory.find("AAAAA")).toBeUndefined();
});

test("[REDISAWAY-2] restarted empty within a moment: nobody noticed, and all rooms are there again", async () => {
  const { a, b } = await two();
  await server.kill();
  await server.start();
  await expectWell(a, b);
});

test("[REDISAWAY-3] frozen: own rooms do not wait, others are refused, and all is well once it wakes", async () => {
  const { a, b } = await two();
  server.freeze();
  await expectAlone(a, "AAAAA", "BBBBB");
  await expectAlone(b, "BBBBB", "AAAAA");
  b.end("BBBBB");
  b.put("LATER");
  // Longer than the leases last.
  await expect.poll(() => a.fleet.awaySec, { timeout: 20_000 }).toBeGreaterThan(4);
  server.wake();
  await expectWell(a, b);
  expect(await a.fleet.directory.find("BBBBB")).toBeUndefined();
});

test("[REDISAWAY-4] slow by 100 ms each way: everything works, only later", async () => {
  const { a, b, toA, toB } = await two();
  for (const proxy of [toA, toB]) proxy.delay(100);
  b.put("SLOWW");
  await expectWell(a, b);
  const code = "CDFGH";
  expect([await a.fleet.directory.drawCode(code), await b.fleet.directory.drawCode(code)]).toEqual([
    true,
    false,
  ]);
  for (const machine of [a, b]) expect(machine.fleet.awaySec).toBeUndefined();
  expect(await withinMs(AT_ONCE_MS, () => a.fleet.directory.find("AAAAA"))).toBeDefined();
});

test.each(["refused", "swallowed"] as const)(
  "[REDISAWAY-5] one machine's way to Redis is %s: the others forget its rooms within five seconds, it goes on, and comes back",
  async (state) => {
    const { a, b, toB } = await two();
    toB.become(state);
    await expect.poll(() => listedBy(a), WELL_WITHIN).toEqual(["AAAAA"]);
    expect(await a.fleet.directory.find("BBBBB")).toBeUndefined();
    expect(await codesIn(a.fleet.directory.withPlace(undefined))).toEqual(["AAAAA"]);
    expect(a.fleet.awaySec).toBeUndefined();
    await expectAlone(b, "BBBBB", "AAAAA");
    toB.become("open");
    await expectWell(a, b);
  },
);

test("[REDISAWAY-6] a Redis that comes and goes all the time, while rooms come and go, ends in the truth", async () => {
  const { a, b, toA } = await two();
  for (let round = 0; round < 15; round++) {
    toA.become(round % 3 === 0 ? "swallowed" : "refused");
    a.put(`ROOM${round}`);
    if (round > 0) a.end(`ROOM${round - 1}`);
    void hasSeat(a, "BBBBB");
    await new Promise((resolve) => setTimeout(resolve, (round * 97) % 300));
    toA.become("open");
    await new Promise((resolve) => setTimeout(resolve, (round * 61) % 400));
  }
  await expectWell(a, b);
  expect((await listedBy(b)).sort()).toEqual(["AAAAA", "BBBBB", "ROOM14"]);
});

test("[REDISAWAY-7] a machine starts without Redis, says so, and joins the others when it is there", async () => {
  await server.kill();
  const [a] = await open("a.example");
  a.put("AAAAA");
  await expectAlone(a, "AAAAA", "BBBBB");
  await server.start();
  await expectWell(a);
});

test("[REDISAWAY-8] a machine that stops while Redis is frozen ends within two seconds", async () => {
  const { a } = await two();
  server.freeze();
  await withinMs(2_000, () => a.fleet.close());
  server.wake();
});
