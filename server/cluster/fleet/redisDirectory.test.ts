/** Two and three machines with one Redis: what each knows of the others' rooms, codes and ends. */
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { log } from "#server/log.ts";
import { type FakeMachine, fakeMachine, fakeRow } from "#server/testing/fakeMachine.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { KEY } from "./keys.ts";

let server: TestRedis;
let operator: Redis;
const opened: FakeMachine[] = [];
const open = (address: string, told?: Parameters<typeof fakeMachine>[2]) => {
  const machine = fakeMachine(server.url, address, told);
  opened.push(machine);
  return machine;
};

beforeAll(async () => {
  log.level = "silent";
  server = await startRedis();
  operator = new Redis(server.url);
});
beforeEach(() => operator.flushall());
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ fleet }) => fleet.close()));
});
afterAll(async () => {
  operator.disconnect();
  await server.close();
});

const codesOf = async (rows: Promise<{ roomId: string }[]>) => (await rows).map(({ roomId }) => roomId);
const listedBy = ({ fleet }: FakeMachine) => codesOf(fleet.directory.listed());
const placesOf = ({ fleet }: FakeMachine) => codesOf(fleet.directory.withPlace(undefined));

test("[FLEET-4] a room is found, listed and led into from every machine, with where it is reached", async () => {
  const [a, b, c] = [open("a.example"), open("b.example/m2"), open("c.example")];
  b.put("BBBBB", { clients: 5 });
  for (const machine of [a, b, c]) await expect.poll(() => listedBy(machine)).toEqual(["BBBBB"]);
  for (const machine of [a, c]) {
    expect(await machine.fleet.directory.find("BBBBB")).toEqual({
      ...fakeRow("BBBBB", "process of b.example/m2", { clients: 5 }),
      publicAddress: "b.example/m2",
    });
    expect(await placesOf(machine)).toEqual(["BBBBB"]);
    expect(machine.fleet.directory.own.size).toBe(0);
  }
  await expect.poll(() => [...a.fleet.addresses].sort()).toEqual(["a.example", "b.example/m2", "c.example"]);
});

test("[FLEET-5] a room that changes is seen changed, and one that ends is gone, in lists and by code", async () => {
  const [a, b] = [open("a.example"), open("b.example")];
  let changes = 0;
  a.fleet.directory.onChange(() => changes++);
  b.put("BBBBB", { clients: 1 });
  await expect.poll(() => placesOf(a)).toEqual(["BBBBB"]);
  const before = changes;
  b.put("BBBBB", { clients: 7, locked: true });
  await expect.poll(() => placesOf(a)).toEqual([]);
  await expect.poll(async () => (await a.fleet.directory.find("BBBBB"))?.clients).toBe(7);
  await expect.poll(() => changes).toBeGreaterThan(before);
  b.end("BBBBB");
  await expect.poll(() => a.fleet.directory.find("BBBBB")).toBeUndefined();
  await expect.poll(() => listedBy(a)).toEqual([]);
  expect(await operator.keys("fracas:fleet:rooms*")).toEqual([]);
});

test("[FLEET-6] quick play is offered rooms of its mode with a place before full ones, however many are full", async () => {
  const [a, b] = [open("a.example"), open("b.example")];
  const letters = [..."BCDFGHJKM"];
  for (const first of letters) for (const second of letters) b.put(`${first}${second}FUL`, { clients: 16 });
  b.put("PLACE", { clients: 3 });
  b.put("FLAGS", { clients: 2, mode: "captureTheFlag" });
  b.put("HOSTD", { hosted: true });
  await expect.poll(async () => (await placesOf(a)).slice(0, 2)).toEqual(["PLACE", "FLAGS"]);
  expect(await codesOf(a.fleet.directory.withPlace("captureTheFlag"))).toEqual(["FLAGS"]);
  expect(await placesOf(a)).not.toContain("HOSTD");
  expect((await placesOf(a)).length).toBe(50);
  b.put("FLAGS", { clients: 2, mode: "kingOfTheHill" });
  await expect.poll(() => codesOf(a.fleet.directory.withPlace("captureTheFlag"))).toEqual([]);
});

test("[FLEET-7] a code that one machine has drawn is drawn by no other, and every machine knows it as a room's", async () => {
  const [a, b] = [open("a.example"), open("b.example")];
  await expect.poll(() => b.fleet.awaySec).toBeUndefined();
  expect(await a.fleet.directory.drawCode("BCDFG")).toBe(true);
  expect(await b.fleet.directory.drawCode("BCDFG")).toBe(false);
  expect(await a.fleet.directory.drawCode("BCDFG")).toBe(false);
  const c = open("c.example");
  await expect.poll(() => c.fleet.directory.wasDrawn("BCDFG")).toBe(true);
  expect(await c.fleet.directory.wasDrawn("GFDCB")).toBe(false);
  const drawn = await Promise.all(opened.map(({ fleet }) => fleet.directory.drawCode("NEWER")));
  expect(drawn.filter(Boolean)).toHaveLength(1);
  // A room that is older than the memory of codes.
  b.put("DAYLD");
  await expect.poll(() => operator.hexists(KEY.rooms, "DAYLD")).toBe(1);
  expect(await c.fleet.directory.drawCode("DAYLD")).toBe(false);
});

test("[FLEET-8] of two rooms that got one code while Redis was away, the first stays the room of that code", async () => {
  const [a, b, c] = [open("a.example"), open("b.example"), open("c.example")];
  a.put("TWINS", { clients: 1 });
  await expect.poll(() => listedBy(c)).toEqual(["TWINS"]);
  b.put("TWINS", { clients: 9 });
  b.put("OTHER", { clients: 2 });
  await expect.poll(() => listedBy(c)).toEqual(["OTHER", "TWINS"]);
  expect((await c.fleet.directory.find("TWINS"))?.publicAddress).toBe("a.example");
  expect((await b.fleet.directory.find("TWINS"))?.clients).toBe(9);
  b.end("TWINS");
  await expect.poll(() => operator.sismember(KEY.roomsOf(b.fleet.id), "TWINS")).toBe(0);
  expect((await c.fleet.directory.find("TWINS"))?.publicAddress).toBe("a.example");
});

test("[FLEET-9] a machine that stops takes its rooms along, and quick play leaves it before", async () => {
  let isClosing = false;
  const [a, b] = [open("a.example"), open("b.example", { isClosing: () => isClosing })];
  for (let at = 0; at < 250; at++) b.put(`ROOM${at}`);
  await expect.poll(() => placesOf(a)).toHaveLength(50);
  isClosing = true;
  await expect.poll(() => placesOf(a)).toEqual([]);
  expect(await listedBy(a)).toHaveLength(200);
  await b.fleet.close();
  await expect.poll(() => listedBy(a)).toEqual([]);
  // Codes stay known as a room's for a day.
  const left = (await operator.keys("fracas:fleet:*")).filter((key) => !key.startsWith(KEY.code("")));
  expect(left.sort()).toEqual([KEY.changes, KEY.lease(a.fleet.id), KEY.machines]);
});

test("[FLEET-10] what a dead machine has left is found by nobody, and others remove it", async () => {
  const a = open("a.example");
  const rows = Object.fromEntries(
    Array.from({ length: 2_000 }, (_, at) => [
      `DEAD${at}`,
      `dead\n${JSON.stringify(fakeRow(`DEAD${at}`, "gone"))}`,
    ]),
  );
  await operator.hset(KEY.rooms, rows);
  await operator.sadd(KEY.roomsOf("dead"), ...Object.keys(rows));
  for (const index of [KEY.listed, KEY.open(undefined)])
    await operator.zadd(index, ...Object.keys(rows).flatMap((code) => [16, code]));
  await operator.sadd(KEY.machines, "dead");
  a.put("ALIVE");
  expect(await a.fleet.directory.find("DEAD7")).toBeUndefined();
  expect(await listedBy(a)).toEqual(["ALIVE"]);
  await expect.poll(() => operator.hlen(KEY.rooms)).toBe(1);
  await expect.poll(() => operator.smembers(KEY.machines)).toEqual([a.fleet.id]);
  expect(await operator.zrange(KEY.listed, 0, -1)).toEqual(["ALIVE"]);
});

test("[FLEET-11] a room that changes a hundred times a second is written once a second", async () => {
  const [a, b] = [open("a.example"), open("b.example")];
  b.put("BBBBB");
  await expect.poll(() => listedBy(a)).toEqual(["BBBBB"]);
  const before = Number(await operator.get(KEY.changes));
  const startMs = performance.now();
  let clients = 0;
  while (performance.now() - startMs < 2_500) {
    b.put("BBBBB", { clients: ++clients % 16 });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const writes = Number(await operator.get(KEY.changes)) - before;
  expect(writes).toBeGreaterThanOrEqual(1);
  expect(writes).toBeLessThanOrEqual(4);
});

test("[FLEET-39] full machines, however many rooms they have, do not hide those that have a place", async () => {
  let isFull = true;
  const [a, b, c] = [open("a.example"), open("b.example", { isFull: () => isFull }), open("c.example")];
  for (let at = 0; at < 150; at++) b.put(`ROOM${at}`, { clients: 15 });
  c.put("PLACE");
  await expect.poll(() => placesOf(a)).toEqual(["PLACE"]);
  expect((await listedBy(a)).length).toBe(151);
  // The full machine's own visitors are led to the other one as well.
  await expect.poll(() => placesOf(b)).toEqual(["PLACE"]);
  isFull = false;
  await expect.poll(async () => (await placesOf(a)).length).toBe(50);
});

test("[FLEET-40] a row or a lease that this version cannot read hides nobody else's rooms", async () => {
  const [a, b] = [open("a.example"), open("b.example")];
  b.put("BBBBB");
  await expect.poll(() => listedBy(a)).toEqual(["BBBBB"]);
  const bad = { NOJSN: "{", NULLS: "null", EMPTY: "{}", WRONG: '{"roomId":"WRONG","metadata":7}' };
  for (const [code, text] of Object.entries(bad)) {
    await operator.hset(KEY.rooms, code, `${b.fleet.id}\n${text}`);
    for (const index of [KEY.listed, KEY.open(undefined)]) await operator.zadd(index, 100, code);
  }
  await operator.sadd(KEY.machines, "newer", "odd");
  await operator.set(KEY.lease("newer"), '{"form":"unknown"}');
  await operator.set(KEY.lease("odd"), "{");
  b.put("OTHER", { clients: 3 });
  await expect.poll(() => listedBy(a)).toEqual(["OTHER", "BBBBB"]);
  expect(await placesOf(a)).toEqual(["OTHER", "BBBBB"]);
  expect(await a.fleet.directory.find("NULLS")).toBeUndefined();
  expect(a.fleet.awaySec).toBeUndefined();
});

test("[FLEET-41] a room that is being opened again stays in Redis until that is over", async () => {
  const [a, b] = [open("a.example"), open("b.example")];
  b.put("BBBBB");
  await expect.poll(() => listedBy(a)).toEqual(["BBBBB"]);
  const settled = Promise.withResolvers<void>();
  b.local.settled = (code) => (code === "BBBBB" ? settled.promise : undefined);
  b.end("BBBBB");
  b.put("OTHER", { clients: 2 });
  await expect.poll(() => listedBy(a)).toEqual(["OTHER", "BBBBB"]);
  expect(await b.fleet.directory.drawCode("BBBBB")).toBe(false);
  b.local.settled = () => undefined;
  settled.resolve();
  await expect.poll(() => listedBy(a)).toEqual(["OTHER"]);
  expect(await a.fleet.directory.wasDrawn("BBBBB")).toBe(true);
});

test("[FLEET-42] a front that is replaced leaves its rooms to its successor, which writes them as its own", async () => {
  const [a, former, next] = [open("a.example"), open("b.example"), open("b.example")];
  former.put("MOVED", { clients: 2 });
  former.put("ENDED");
  await expect.poll(() => listedBy(a)).toEqual(["MOVED", "ENDED"]);
  // It learns of the rooms while the former front still has them.
  next.put("MOVED", { clients: 5 });
  await expect.poll(() => next.fleet.directory.listed().then((rows) => rows.length)).toBe(2);
  await former.fleet.close({ isReplaced: true });
  expect(await a.fleet.directory.find("ENDED")).toBeDefined();
  await expect.poll(async () => (await a.fleet.directory.find("MOVED"))?.clients).toBe(5);
  await expect.poll(() => placesOf(a)).toEqual(["MOVED"]);
});
