/** Connections that the front has handed over: its bounds and counts know of each as long as it is open, and no longer. */
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Holdings } from "#server/edge/holdings.ts";
import { HTTP_BOUNDS } from "#server/edge/httpBounds.ts";
import { type Answer, ask, handshakeHeaders } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import type { Person } from "#server/testing/company.ts";
import { openInEach, roomProcessesOf } from "#server/testing/roomProcesses.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";

/** Loopback addresses of 100 sockets each: a network may have 128. */
const ADDRESSES = ["127.0.0.21", "127.0.0.22", "127.0.0.23"];
const PER_ADDRESS = 100;
/** So many at once that a busy machine answers each in time. */
const WAVE = 20;

/** What each bound counts: TCP connections, sockets of rooms, and reserved seats. */
const held = new Map<Holdings, number>();
/** What each has counted since the start. */
const taken = new Map<Holdings, number>();
const { take } = Holdings.prototype;
vi.spyOn(Holdings.prototype, "take").mockImplementation(function (this: Holdings, keys) {
  const release = take.call(this, keys);
  const add = (count: number) => held.set(this, (held.get(this) ?? 0) + count);
  if (!release) return undefined;
  add(1);
  taken.set(this, (taken.get(this) ?? 0) + 1);
  let isHeld = true;
  return () => {
    if (isHeld) add(-1);
    isHeld = false;
    release();
  };
});

const descending = (counts: ReadonlyMap<Holdings, number>) => [...counts.values()].sort((a, b) => b - a);

describe.each([{ processes: 1 }, { processes: 2 }])("with PROCESSES=$processes", ({ processes }) => {
  let server: TestServer;
  let hosts: Person[];
  beforeAll(async () => {
    held.clear();
    taken.clear();
    // Without a trusted proxy each address is a network of its own.
    server = await bootServer({ production: true, processes });
    hosts = await openInEach(server, processes);
  });
  afterAll(() => server.close());

  const connections = () =>
    promisify((done: (error: Error | null, count: number) => void) => server.app.http.getConnections(done))();
  /** Handshakes for seats that do not exist: the room's process closes them. */
  const knock = (from: string, count: number): Promise<Answer[]> =>
    Promise.all(
      Array.from({ length: count }, (_, at) => {
        const { roomId } = hosts[at % hosts.length]?.room ?? {};
        const path = `/process/${roomId}?sessionId=${randomBytes(6).toString("hex")}`;
        return ask(server, path, { from, headers: { origin: server.url, ...handshakeHeaders() } });
      }),
    );
  /** Only the hosts' own connections are counted. */
  const isBack = (hostCount: number) =>
    expect
      .poll(async () => [await connections(), ...descending(held)], { timeout: 30_000 })
      .toEqual([hostCount, hostCount, hostCount, 0]);

  test("[PARITY-20] three hundred sockets are counted once each while they are open, and not when they have closed", async () => {
    await isBack(hosts.length);
    taken.clear();
    const answers: Answer[] = [];
    for (const address of ADDRESSES)
      for (let sent = 0; sent < PER_ADDRESS; sent += WAVE) answers.push(...(await knock(address, WAVE)));
    const count = ADDRESSES.length * PER_ADDRESS;
    expect(answers.map(({ status }) => status)).toEqual(Array(count).fill(101));
    expect(descending(taken)).toEqual([count, count]);
    // Half of them end from this side, the others from the room's.
    for (const [at, { socket }] of answers.entries()) if (at % 2) socket?.destroy();
    await isBack(hosts.length);
    expect((await knock("127.0.0.21", 28)).every(({ status }) => status === 101)).toBe(true);
    await isBack(hosts.length);
  });

  test("[PARITY-21] no timeout of HTTP ends a player's connection, though no byte of it passes the front", async () => {
    const { headersTimeout = 0, requestTimeout = 0 } = HTTP_BOUNDS;
    const ticks = ((Math.max(headersTimeout, requestTimeout) + 2_000) / 1_000) * TICKS_PER_SEC;
    const from = hosts.map(({ state }) => state.tick);
    await until(
      "the players have played for long",
      () => hosts.every(({ state, code }, at) => code !== undefined || state.tick > (from[at] ?? 0) + ticks),
      60_000,
    );
    expect(hosts.map(({ code }) => code)).toEqual(hosts.map(() => undefined));
  });

  test.runIf(processes > 1)("[PARITY-22] sockets of a process that died are counted no longer", async () => {
    const answers = await knock("127.0.0.24", PER_ADDRESS);
    for (const pid of roomProcessesOf()) process.kill(pid, "SIGKILL");
    await isBack(0);
    await until("this side knows that they are closed", () => answers.every(({ socket }) => socket?.closed));
    await until("the hosts know", () => hosts.every(({ code }) => code !== undefined));
  });
});
