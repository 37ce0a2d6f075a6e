/** Sends a booted server frames that stock Colyseus does not survive, and commands that no honest client sends. */
import { ClientState, Protocol, ProtocolModifier } from "@colyseus/core";
import { CloseCode } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { type HeldTime, holdTime } from "#server/testing/heldTime.ts";
import { watchPatches } from "#server/testing/patchWatch.ts";
import { acknowledgeJoin, frame, OPCODE, openRawSocket, type RawSocket } from "#server/testing/rawSocket.ts";
import { COMMAND_DRAIN_TICKS, COMPANY_MAX, TICKS_PER_SEC } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { CommandInput, MOVE_MAX } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { DASH, DRONE } from "#shared/tuning.ts";
import { CLOSE_WITHIN_MS } from "./guardedSocket.ts";

/** Without the guard such frames stop the server for seconds. */
const GAP_MAX_MS = 1_000;
const REASON_MAX_BYTES = 123;
const INPUT = Protocol.ROOM_INPUT_RELIABLE;
const STAMPED = INPUT | ProtocolModifier.TIMED;
const [MOVE_X, MOVE_Y, AIM, BUTTONS] = [0x80, 0x81, 0x82, 0x83];

let server: TestServer;
let honest: ArenaClient;
let room: ReturnType<TestServer["roomOf"]>;
/** The server's socket of the honest player, who would reconnect by itself with a new one. */
let honestSocket: unknown;
beforeAll(async () => {
  // A client that closes in an orderly way keeps its seat for a while, so many seats are needed.
  server = await bootServer({ roomPlayers: 200 });
  honest = await server.join({ name: "Honest" });
  room = server.roomOf(honest);
  honestSocket = room.clients.getById(honest.sessionId)?.ref;
});
afterAll(() => server.close());

async function join(): Promise<RawSocket> {
  const raw = await openRawSocket(server, "Raw");
  await acknowledgeJoin(raw);
  await until("it plays", () => room.clients.getById(raw.sessionId)?.state === ClientState.JOINED);
  return raw;
}

const binary = (...payload: number[]) => frame({ payload });
const reasonOf = (raw: RawSocket) =>
  raw.received.find(({ opcode }) => opcode === OPCODE.close)?.payload.subarray(2) ?? Buffer.alloc(0);

/** The seat is freed at once, and the honest player receives patches all the time. */
async function expectRefused(raw: RawSocket, code: number): Promise<void> {
  const stop = watchPatches([honest]);
  expect((await raw.closed()).code).toBe(code);
  await until("its seat is free", () => !room.state.roster.has(raw.sessionId));
  const { maxMs } = stop();
  expect(maxMs).toBeLessThan(GAP_MAX_MS);
  expect(reasonOf(raw).length).toBeGreaterThan(0);
  expect(reasonOf(raw).length).toBeLessThanOrEqual(REASON_MAX_BYTES);
  expect(room.clients.getById(honest.sessionId)?.ref === honestSocket).toBe(true);
}

describe.concurrent("frames that stock Colyseus does not survive", () => {
  const ascii = (text: string) => [...Buffer.from(text, "latin1")];
  const unknown = (length: number) => [Protocol.ROOM_DATA, 0xd9, length, ...ascii("x".repeat(length))];

  test.each<[what: string, payload: number[]]>([
    ["an unknown message with a name of 100 bytes, which ends a stock server", unknown(100)],
    ["an unknown message with a name of 86 bytes", unknown(86)],
    ["an unknown request with a name of 100 bytes", [Protocol.ROOM_REQUEST, 1, ...unknown(100).slice(1)]],
    ["14 00 ff, after which the event loop never returns", [0x14, 0x00, 0xff]],
    ["14 00 fe", [0x14, 0x00, 0xfe]],
    ["94 and a huge count, which takes seconds and hundreds of MB", [0x94, 0xce, 0xff, 0xff, 0xff, 0x7f]],
    ["94 and a 64-bit count", [0x94, 0xcf, ...ascii("\xff".repeat(8))]],
    ["13 and an invalid length", [0x13, 0xdb, 0xff, 0xff, 0xff, 0xff]],
    ["13 and a switch to another structure", [0x13, 0xff, 0x00]],
    [
      "a message with an array of four billion entries",
      [Protocol.ROOM_DATA, 0xa1, 0x78, 0xdd, 0xff, 0xff, 0xff, 0xff],
    ],
    ["a name of four billion bytes", [Protocol.ROOM_DATA, 0xdb, 0xff, 0xff, 0xff, 0xff]],
    ["a message named __proto__", [Protocol.ROOM_DATA, 0xa9, ...ascii("__proto__")]],
    [
      "a message that only the server sends",
      [Protocol.ROOM_DATA, 0xa0 | MESSAGE.notice.length, ...ascii(MESSAGE.notice)],
    ],
    ["a state", [Protocol.ROOM_STATE, 0]],
  ])(
    "[SOCKET-1] %s: the server closes the connection with 4300, and other players notice nothing",
    async (_what, payload) => {
      const raw = await join();
      raw.send(binary(...payload));
      await expectRefused(raw, CLOSE.badFrame);
    },
  );

  test.each<[what: string, stamp: number[]]>([
    ["NaN", [0xcb, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f]],
    ["a 32-bit NaN", [0xca, 0, 0, 0xc0, 0x7f]],
    ["infinity", [0xcb, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f]],
    ["negative infinity", [0xca, 0, 0, 0x80, 0xff]],
    ["a fraction", [0xcb, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f]],
    ["a 64-bit integer", [0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ["a signed 64-bit integer", [0xd3, 0, 0, 0, 0, 0, 0, 0, 0x80]],
    ["missing", []],
  ])("[SOCKET-9] a time stamp that is %s closes the connection with 4300", async (_what, stamp) => {
    const raw = await join();
    raw.send(binary(STAMPED, ...stamp));
    await expectRefused(raw, CLOSE.badFrame);
  });

  test("[SOCKET-2] drops every frame after a refused one, valid ones included", async () => {
    const raw = await join();
    let messages = 0;
    room.clients.getById(raw.sessionId)?.ref.on("message", () => messages++);
    raw.send(
      binary(Protocol.PING),
      binary(0x14, 0x00, 0xff),
      binary(Protocol.PING),
      binary(Protocol.LEAVE_ROOM),
    );
    await expectRefused(raw, CLOSE.badFrame);
    expect(messages).toBe(1);
  });

  test("[SOCKET-28] terminates a client that does not close its socket within 1 s of the close frame", async () => {
    const raw = await join();
    const at = performance.now();
    raw.send(binary(Protocol.LEAVE_ROOM));
    expect((await raw.closed()).code).toBe(CloseCode.CONSENTED);
    expect(performance.now() - at).toBeLessThan(CLOSE_WITHIN_MS + 3_000);
  });

  test("[SOCKET-3] a client that was refused for a frame cannot take its seat back", async () => {
    const ann = await server.join({ name: "Ann" });
    ann.reconnection.enabled = false;
    const left = new Promise<number>((resolve) => ann.onLeave(resolve));
    ann.connection.send(Buffer.of(0x14, 0x00, 0xff));
    expect(await left).toBe(CLOSE.badFrame);
    await expect(server.client.reconnect(ann.reconnectionToken)).rejects.toThrow();
    expect(room.state.roster.has(ann.sessionId)).toBe(false);
  });

  test("[SOCKET-4] a client that was cut off can, even if it sends commands, messages and pings before the join", async () => {
    const ann = await server.join({ name: "Ann" });
    const input = ann.input({ type: CommandInput });
    ann.reconnection.minUptime = 0;
    let left: number | undefined;
    ann.onLeave((code) => {
      left = code;
    });
    let early = 0;
    // The page goes on after the socket opens and before the room accepts the join.
    ann.connection.events.onopen = () => {
      input.data.moveX = -77;
      early = input.send();
      ann.ping(() => {});
      ann.send(MESSAGE.vote, 0);
      ann.request(MESSAGE.chat, { scope: "all", text: "Hi" }).catch(() => {});
    };
    const back = new Promise<void>((resolve) => ann.onReconnect(() => resolve()));
    server.cut(ann);
    await back;
    const arrived = () => room.inputs.get(ann.sessionId).latest?.moveX === -77;
    await until("the early command arrives", () => arrived() || left !== undefined);
    let isAnswered = false;
    ann.ping(() => {
      isAnswered = true;
    });
    await until("a later ping is answered", () => isAnswered || left !== undefined);
    expect([left, early, room.state.roster.get(ann.sessionId)?.connected]).toEqual([undefined, 1, true]);
    await ann.leave();
  });
});

describe("commands", () => {
  /** Enough players to replace the bots, far away from the tested drone. */
  beforeAll(async () => {
    for (let i = 0; i < COMPANY_MAX; i++) await server.join();
    for (const drone of room.state.drones.values()) Object.assign(drone, { x: 300, y: 1900 });
  });

  /** A place with a second of free way in each direction. */
  const START = { x: 1536, y: 100 };
  let raw: RawSocket;
  let drone: Drone;
  let time: HeldTime;

  const begin = async () => {
    raw = await join();
    drone = room.state.drones.get(raw.sessionId) as Drone;
    Object.assign(drone, START, { hp: 100, vx: 0, vy: 0 });
    time = holdTime(room);
  };
  const end = async () => {
    time.release();
    raw.send(binary(Protocol.LEAVE_ROOM));
    await until("it has left", () => !room.clients.getById(raw.sessionId));
    raw.reset();
  };
  /** Sends a frame, and runs one tick once the server has received it. */
  const tickWith = async (...payload: number[]) => {
    const pings = () => raw.received.filter(({ payload: [code] }) => code === Protocol.PING).length;
    const before = pings();
    raw.send(binary(...payload), binary(Protocol.PING));
    await until("the command has arrived", () => pings() > before);
    await time.step();
  };
  const expectLegal = () => {
    for (const value of [drone.x, drone.y, drone.vx, drone.vy, drone.aim, drone.hp]) {
      expect(Number.isFinite(value)).toBe(true);
    }
    const maxSpeed = drone.dashTicks > 0 ? DASH.speedPxPerSec : DRONE.maxSpeedPxPerSec;
    expect(Math.hypot(drone.vx, drone.vy)).toBeLessThanOrEqual(maxSpeed + 0.1);
  };

  test("[SOCKET-5] a stick at -128, which the wire can carry, moves no faster than at -127, straight or diagonal", async () => {
    const placeAfter = async (stick: number, isDiagonal: boolean) => {
      await begin();
      for (let tick = 0; tick < 12; tick++) {
        await tickWith(INPUT, MOVE_X, stick, ...(isDiagonal ? [MOVE_Y, stick] : []));
        expectLegal();
      }
      const { x, y } = drone;
      await end();
      return { x, y };
    };
    const honestStick = 0x100 - MOVE_MAX;
    const straight = await placeAfter(honestStick, false);
    expect(straight.x).toBeLessThan(START.x - 50);
    expect(await placeAfter(0x80, false)).toEqual(straight);
    expect(await placeAfter(0x80, true)).toEqual(await placeAfter(honestStick, true));
  });

  test("[SOCKET-6] random command fields keep the drone finite, in the arena and within its maximum speed, seed 7", async () => {
    await begin();
    const random = seededRandom(7);
    const byte = () => Math.floor(random.next() * 256);
    const extremes = [0x80, 0xff, 0x7f, 0x00];
    for (let tick = 0; tick < 40; tick++) {
      const value = () => (random.next() < 0.5 ? byte() : (extremes[byte() % 4] ?? 0));
      await tickWith(INPUT, MOVE_X, value(), MOVE_Y, value(), AIM, value(), value(), BUTTONS, value());
      expectLegal();
      expect(drone.x).toBeGreaterThan(0);
      expect(drone.y).toBeGreaterThan(0);
    }
    await end();
  });

  test("[SOCKET-7] extreme time stamps do no harm", async () => {
    await begin();
    const ends = [
      [0xd2, 0xff, 0xff, 0xff, 0x7f],
      [0xd2, 0x00, 0x00, 0x00, 0x80],
      [0xce, 0xff, 0xff, 0xff, 0xff],
    ];
    for (let tick = 0; tick < 30; tick++) {
      await tickWith(STAMPED, ...(ends[tick % 3] ?? []), AIM, tick, tick, BUTTONS, tick % 2 ? 5 : 0);
      expectLegal();
    }
    await end();
  });

  test("[SOCKET-8] ten commands a tick move a drone no faster than one", async () => {
    await begin();
    const right = [INPUT, MOVE_X, MOVE_MAX];
    for (let tick = 0; tick < 20; tick++) {
      for (let more = 0; more < 9; more++) raw.send(binary(...right));
      await tickWith(...right);
      expectLegal();
    }
    const ticks = 20 + 20 / COMMAND_DRAIN_TICKS + 1;
    expect(drone.x - START.x).toBeLessThanOrEqual((ticks * DRONE.maxSpeedPxPerSec) / TICKS_PER_SEC);
    await end();
  });
});
