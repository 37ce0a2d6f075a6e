/** Questions between machines: each failure is an answer, and none takes longer than its deadline. */
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Answered, type AskRoom, answered } from "#server/admission/roomQuestions.ts";
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
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ fleet }) => fleet.close()));
});
afterAll(async () => {
  operator.disconnect();
  await server.close();
});

const VISITOR = {
  ...{ network: "192.0.2.1", identity: "somebody", isExempt: false },
  entrant: { name: "Somebody", isAccount: false, points: {} },
};
const ENTRY = {
  options: { name: "Somebody", password: "", spectate: false, private: false },
  visitor: VISITOR,
};
const reserve = ({ fleet }: FakeMachine, room: string) => fleet.ask(room, "reserve", ENTRY as never);

/** Two machines; the second one has the room BBBBB, which the first one sees. */
async function two(told?: Parameters<typeof fakeMachine>[2]): Promise<[FakeMachine, FakeMachine]> {
  const [a, b] = [open("a.example"), open("b.example", told)];
  b.put("BBBBB");
  await expect.poll(async () => (await a.fleet.directory.listed()).length).toBe(1);
  await expect
    .poll(() => operator.pubsub("NUMSUB", KEY.channel(b.fleet.id)))
    .toEqual([KEY.channel(b.fleet.id), 1]);
  return [a, b];
}

test("[FLEET-12] a room of another machine is asked there, and one of this machine without Redis", async () => {
  const [a, b] = await two();
  a.put("AAAAA");
  expect(await reserve(a, "BBBBB")).toEqual(
    answered({ processId: "process of b.example", roomId: "BBBBB", sessionId: "seat" }),
  );
  expect(await reserve(a, "AAAAA")).toMatchObject({ ok: true, value: { processId: "process of a.example" } });
  expect(a.asked).toEqual([{ room: "AAAAA", name: "reserve", question: ENTRY }]);
  expect(b.asked).toEqual([{ room: "BBBBB", name: "reserve", question: ENTRY }]);
});

test("[FLEET-13] a refusal comes back as it was said, and a room that nobody has is answered by this machine", async () => {
  const refusal = { ok: false, status: 460, message: "Wrong password.", retryAfterSec: 7 } as const;
  const [a] = await two({ askLocal: async () => refusal });
  expect(await reserve(a, "BBBBB")).toEqual(refusal);
  expect(await reserve(a, "NOROM")).toEqual({ ok: false, status: 410, message: "This room has ended." });
  expect(a.asked).toHaveLength(1);
});

test("[FLEET-14] connections are never for another machine's rooms", async () => {
  const [a, b] = await two();
  await a.fleet.ask("BBBBB", "arrive", { sessionId: "s", reconnectionToken: undefined, visitor: VISITOR });
  expect([a.asked.length, b.asked.length]).toEqual([1, 0]);
});

test("[FLEET-15] a machine that does not answer is refused after two seconds, and led to by nobody", async () => {
  const [a] = await two({ askLocal: () => new Promise(() => {}) });
  const startMs = performance.now();
  expect(await reserve(a, "BBBBB")).toMatchObject({ ok: false, status: 503, retryAfterSec: 2 });
  expect(performance.now() - startMs).toBeGreaterThan(1_900);
  expect(await a.fleet.directory.withPlace(undefined)).toEqual([]);
});

test("[FLEET-16] a machine that nobody hears is refused at once", async () => {
  const [a] = await two();
  // A machine that died a moment ago: its lease still lives.
  await operator.set(
    KEY.lease("ghost"),
    JSON.stringify({ address: "g.example", load: 0, version: 0, closing: false, full: false }),
  );
  await operator.hset(KEY.rooms, "GHOST", `ghost\n${JSON.stringify(fakeRow("GHOST", "gone"))}`);
  const startMs = performance.now();
  expect(await reserve(a, "GHOST")).toMatchObject({ ok: false, status: 503, retryAfterSec: 2 });
  expect(performance.now() - startMs).toBeLessThan(1_500);
});

test("[FLEET-17] what fails while it answers is a refusal, and so is a question that only a newer machine knows", async () => {
  const [a] = await two({ askLocal: (() => Promise.reject(new Error("hush"))) as AskRoom });
  const answer = await reserve(a, "BBBBB");
  expect(answer).toMatchObject({ ok: false, status: 500 });
  expect(JSON.stringify(answer)).not.toContain("hush");
});

test("[FLEET-18] questions and answers are bounded in size and number", async () => {
  const waiting: ((answer: Answered<never>) => void)[] = [];
  const [a, b] = await two({ askLocal: () => new Promise((resolve) => waiting.push(resolve)) });
  const long = "x".repeat(300_000);
  expect(await a.fleet.ask("BBBBB", "holderOf", { token: long, identity: undefined })).toMatchObject({
    ok: false,
    status: 500,
  });
  const answers = Array.from({ length: 1_100 }, () => a.fleet.ask("BBBBB", "mayEnter", ENTRY as never));
  await expect.poll(() => waiting.length).toBe(1_000);
  for (const answer of waiting) answer(answered(long) as never);
  const found = (await Promise.all(answers)).map((answer) => !answer.ok && answer.message);
  expect(found.filter((text) => text === "The message between two machines is too large.")).toHaveLength(
    1_000,
  );
  expect(
    found.filter((text) => text === "Too many players come at once. Try again in a moment."),
  ).toHaveLength(100);
  expect(b.fleet.awaySec).toBeUndefined();
});

test("[FLEET-19] nonsense on a machine's channel harms nobody", async () => {
  const [a, b] = await two();
  for (const text of [
    "",
    "{",
    "null",
    "7",
    '{"is":"answer","id":1}',
    '{"is":"question"}',
    "x".repeat(400_000),
  ])
    await operator.publish(KEY.channel(b.fleet.id), text);
  expect(await reserve(a, "BBBBB")).toMatchObject({ ok: true });
});

test("[FLEET-20] a machine that is full or about to stop gives no seats, and a full room frees an unused place", async () => {
  const freed: string[] = [];
  let [isClosing, isFull, isRoomFull] = [false, true, false];
  const [a] = await two({
    isClosing: () => isClosing,
    isFull: () => isFull,
    freePlaceIn: async (room, by) => void freed.push(`${room} by ${by.identity}`),
    askLocal: (async () =>
      isRoomFull ? { ok: false, status: 462, message: "This room is full." } : answered(null)) as AskRoom,
  });
  expect(await reserve(a, "BBBBB")).toMatchObject({ ok: false, status: 529, retryAfterSec: 30 });
  [isFull, isRoomFull] = [false, true];
  expect(await reserve(a, "BBBBB")).toMatchObject({ ok: false, status: 462 });
  expect(freed).toEqual(["BBBBB by somebody"]);
  [isClosing, isRoomFull] = [true, false];
  expect(await reserve(a, "BBBBB")).toMatchObject({ ok: false, status: 503 });
  expect(await a.fleet.ask("BBBBB", "hasSeat", { identity: "x" })).toEqual(answered(null));
});

test("[FLEET-36] machines ask one another only what visitors need, whoever else writes to Redis", async () => {
  const [a, b] = await two();
  const names = ["snapshot", "inspect", "disconnect", "arrive", "isAwaited", "announceRestart", "freePlace"];
  const answers: string[] = [];
  const listener = new Redis(server.url);
  await listener.subscribe(KEY.channel("stranger"));
  listener.on("message", (_channel, text) => answers.push(JSON.parse(text).answer.status));
  for (const [id, name] of [...names, "toString"].entries()) {
    const question = { is: "question", id, from: "stranger", room: "BBBBB", name, question: null };
    await operator.publish(KEY.channel(b.fleet.id), JSON.stringify(question));
  }
  await expect.poll(() => answers).toEqual(Array(names.length + 1).fill(404));
  listener.disconnect();
  expect(b.asked).toEqual([]);
  // Nor does a machine send such a question.
  await a.fleet.ask("BBBBB", "inspect", null);
  expect([a.asked.length, b.asked.length]).toEqual([1, 0]);
});

test("[FLEET-37] a seat that is reserved through another machine is held where the room is, until its player connects", async () => {
  let seats = 0;
  const askLocal = (async (room, name) =>
    answered(
      name === "reserve"
        ? { processId: "p", roomId: room, sessionId: `seat ${++seats}` }
        : { seat: "seat 1" },
    )) as AskRoom;
  const [a, b] = await two({ askLocal });
  for (let at = 0; at < 5; at++) expect((await reserve(a, "BBBBB")).ok).toBe(true);
  expect(await reserve(a, "BBBBB")).toMatchObject({ ok: false, status: 429, retryAfterSec: 1 });
  const arrival = { sessionId: "seat 1", reconnectionToken: undefined, visitor: VISITOR };
  expect(await b.fleet.ask("BBBBB", "arrive", arrival)).toMatchObject({ ok: true });
  expect((await reserve(a, "BBBBB")).ok).toBe(true);
  expect((await reserve(a, "BBBBB")).ok).toBe(false);
});

test("[FLEET-38] quick play leads nobody to a machine that has just said that it is full", async () => {
  const [a] = await two({ isFull: () => true });
  // Its lease says so a beat later.
  await a.fleet.ask("BBBBB", "reserve", ENTRY as never);
  expect(await a.fleet.directory.withPlace(undefined)).toEqual([]);
});
