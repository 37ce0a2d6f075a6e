/** Two whole machines in production: passwords, bans, take-over and stolen tokens hold through the other machine too. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Address, ask, Guest, type GuestFields } from "#server/testing/asking.ts";
import { type TestServer, until } from "#server/testing/bootServer.ts";
import { enterRoom, openRoom, type Person } from "#server/testing/company.ts";
import { freePort } from "#server/testing/freePort.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { type ServerProcess, startServer } from "#server/testing/serverProcess.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

/** Where all machines say that the page is. */
const PAGE = "https://fracas.example";

let redis: TestRedis;
const processes: ServerProcess[] = [];
let here: TestServer;
let there: TestServer;

async function startMachine(host: string): Promise<TestServer> {
  const port = await freePort();
  const started = await startServer({
    ...{ HOST: host, PORT: String(port), PUBLIC_ADDRESS: `${host}:${port}`, PUBLIC_URL: PAGE },
    ...{ REDIS_URL: redis.url, DATA_DIR: temporaryFolder("data"), DRAIN_SECONDS: "0" },
    ...{ NODE_ENV: "production", TRUSTED_PROXIES: "127.0.0.0/8" },
  });
  processes.push(started);
  return { url: started.url, port } satisfies Address as TestServer;
}

beforeAll(async () => {
  redis = await startRedis();
  [here, there] = await Promise.all([startMachine("127.0.0.2"), startMachine("127.0.0.3")]);
});
afterAll(async () => {
  for (const started of processes) started.kill();
  await redis.close();
});

/** The same visitor at another machine, on the page that all machines share. */
const at = (machine: TestServer, { address, token }: GuestFields) =>
  new Guest(machine, { origin: PAGE, ...(address && { address }), token });

async function somebody(machine: TestServer): Promise<Guest> {
  const guest = at(machine, {});
  const { body } = await guest.post(ROUTE.identity);
  return at(machine, { address: guest.address, token: JSON.parse(body).token });
}

const host = async (options: object = {}): Promise<Person> => openRoom(there, options, await somebody(there));
const joinAs = (guest: Guest, code: string, options: object = {}) => guest.askSeat(options, "joinById", code);

test("[FLEET-30] wrong passwords count together, through whichever machine they come", async () => {
  const { room } = await host({ password: "sesame" });
  const guesser = await somebody(here);
  const statuses: number[] = [];
  for (let guess = 0; guess < 12; guess++) {
    const asked = at(guess % 2 ? here : there, guesser);
    statuses.push((await joinAs(asked, room.roomId, { password: `guess ${guess}` })).status);
  }
  // An identity has ten in five minutes.
  expect(statuses).toEqual([...Array(10).fill(REFUSAL.wrongPassword), REFUSAL.tooMany, REFUSAL.tooMany]);
  for (const machine of [here, there])
    expect((await joinAs(at(machine, guesser), room.roomId, { password: "sesame" })).status).toBe(
      REFUSAL.tooMany,
    );
  expect((await joinAs(await somebody(here), room.roomId, { password: "sesame" })).status).toBe(200);
});

test("[FLEET-31] a player who is banned is banned through every machine", async () => {
  const owner = await host();
  const guest = await somebody(here);
  const banned = await enterRoom(here, owner.room.roomId, {}, guest);
  await until("the host sees the guest", () => owner.state.roster.has(banned.id));
  expect(await owner.host({ do: "ban", seat: banned.id })).toMatchObject({ ok: true });
  await until("the guest is out", () => banned.code !== undefined);
  for (const machine of [here, there])
    expect((await joinAs(at(machine, guest), owner.room.roomId)).status).toBe(REFUSAL.banned);
});

test("[FLEET-32] a seat is taken over, and known as one's own, through another machine", async () => {
  const owner = await host();
  const guest = await somebody(there);
  const first = await enterRoom(there, owner.room.roomId, {}, guest);
  const code = owner.room.roomId;
  const headers = { authorization: `Bearer ${guest.token}` };
  const info = async () => JSON.parse((await ask(here, pathTo(ROUTE.room, { code }), { headers })).body);
  expect(await info()).toMatchObject({ is: "open", yours: true });
  const answer = await at(here, guest).post(pathTo(ROUTE.takeover, { code }));
  expect(answer.status).toBe(200);
  await until("the first tab is closed", () => first.code === CLOSE.takenOver);
  const [, token] = JSON.parse(answer.body).reconnectionToken.split(":");
  const seat = await at(here, guest).reserve({ reconnectionToken: token }, "reconnect", code);
  expect(seat).toMatchObject({ sessionId: first.id, publicAddress: new URL(there.url).host });
});

test("[FLEET-33] a stolen token opens nothing through another machine, and its owner plays on", async () => {
  const owner = await host();
  const [, token = ""] = owner.room.reconnectionToken.split(":");
  const thief = await somebody(here);
  const answer = await thief.askSeat({ reconnectionToken: token }, "reconnect", owner.room.roomId);
  expect(answer.status).toBe(REFUSAL.badToken);
  const { tick } = owner.state;
  await until("the owner plays on", () => owner.state.tick > tick + 30);
  expect(owner.code).toBeUndefined();
});

test("[FLEET-34] the lobby's connection leads to the machine that answered", async () => {
  const seat = await (await somebody(here)).reserve({}, "joinOrCreate", ROOM.lobby);
  expect(seat.publicAddress).toBe(new URL(here.url).host);
});

test("[FLEET-43] seats that nobody takes up are bounded by the machine of their rooms, and hold none of another one", async () => {
  const [own, ...others] = await Promise.all([
    somebody(here).then((guest) => openRoom(here, {}, guest)),
    ...Array.from({ length: 6 }, () => host()),
  ]);
  const { address } = new Guest(here);
  const take = async (room: Person | undefined) =>
    (await joinAs(at(here, { ...(address && { address }) }), room?.room.roomId ?? "")).status;
  const statuses: number[] = [];
  for (const other of others) statuses.push(await take(other));
  expect(statuses).toEqual([200, 200, 200, 200, 200, REFUSAL.tooMany]);
  expect(await take(own)).toBe(200);
});
