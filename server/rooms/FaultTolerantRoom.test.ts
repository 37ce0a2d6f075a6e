/** Rooms whose code throws: they log the error, and their clients do not notice. */
import { ClientState, matchMaker, Room } from "@colyseus/core";
import { CloseCode } from "@colyseus/sdk";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { captureLog, type LogLine } from "#server/testing/captureLog.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { CLIENT_MESSAGES, type MessageRate, type Notice } from "#shared/protocol/messages.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import type { ArenaState, Drone } from "#shared/schema/state.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import type { ArenaRoom } from "./ArenaRoom.ts";
import { Failures, MAX_FAILURES } from "./FaultTolerantRoom.ts";
import { RoundTrips } from "./tick/roundTrips.ts";

const SPOILED = "spoiled by a test";
const throwSpoiled = (): never => {
  throw new Error(SPOILED);
};

describe("in a room", () => {
  const messages = CLIENT_MESSAGES as Record<string, MessageRate>;
  let server: TestServer;
  let logged: LogLine[];
  let rejections: unknown[];
  const noteRejection = (reason: unknown) => void rejections.push(reason);
  beforeAll(async () => {
    server = await bootServer({ dataDir: temporaryFolder("data") });
    messages.spoil = { burst: 10, perSec: 10 };
    process.on("unhandledRejection", noteRejection);
  });
  afterAll(async () => {
    process.off("unhandledRejection", noteRejection);
    delete messages.spoil;
    await server.close();
  });

  /** Ann and Bob are in the room that fails, Carol is in another. */
  let ann: ArenaClient;
  let bob: ArenaClient;
  let carol: ArenaClient;
  let room: ArenaRoom;
  let ends: unknown[];
  const endsNow = () => [ann, bob, carol].map((player) => endOf(player));
  const endOf = (player: ArenaClient) => server.roomOf(player)?.clients.getById(player.sessionId)?.ref;
  const enter = async (roomId?: string) => {
    const player = roomId
      ? await server.client.joinById<ArenaState>(roomId)
      : await server.client.create<ArenaState>(ROOM.arena);
    player.onMessage("*", () => {});
    await until("the first state", () => player.state?.tick > 0);
    return player as ArenaClient;
  };

  beforeEach(async () => {
    logged = captureLog();
    rejections = [];
    [ann, carol] = [await enter(), await enter()];
    const toldOfBob = new Promise((resolve) => ann.onMessage(MESSAGE.notice, resolve));
    bob = await enter(ann.roomId);
    await toldOfBob;
    room = server.roomOf(ann);
    ends = endsNow();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    const open = [ann, bob, carol].filter((player) => player.connection.isOpen);
    await Promise.all(open.map((player) => player.leave()));
    expect(rejections).toEqual([]);
  });

  const failureLines = () => logged.filter(({ msg }) => msg === "uncaught in room");
  /** Expects a log line with room, tick, method and player. */
  const expectLogged = async (method: string, player?: ArenaClient) => {
    await until("a line in the log", () => failureLines().length > 0);
    const [line] = failureLines();
    expect(line).toMatchObject({ room: room.roomId, method, err: { message: SPOILED } });
    expect(line?.player).toBe(player?.sessionId);
    expect(line?.tick).toBeGreaterThan(0);
    expect(line?.tick).toBeLessThanOrEqual(room.state.tick);
  };
  /** Expects that all players receive later ticks over their original connections. */
  const expectNobodyNoticed = async (players = [ann, bob, carol]) => {
    const ticks = players.map(({ state }) => state.tick);
    await until("all players receive later ticks", () =>
      players.every(({ state }, i) => state.tick > (ticks[i] ?? 0) + 3),
    );
    const before = new Set(ends);
    for (const player of players) expect(before).toContain(endOf(player));
  };
  /** Makes the method throw `times` times. Returns a function that says how many are left. */
  const spoil = <Target extends object>(target: Target, method: keyof Target & string, times: number) => {
    let left = times;
    Object.defineProperty(target, method, {
      configurable: true,
      value: () => {
        if (--left === 0) Reflect.deleteProperty(target, method);
        throwSpoiled();
      },
    });
    return () => left;
  };

  test.each<[what: string, handler: () => unknown]>([
    ["throws", throwSpoiled],
    ["rejects", async () => throwSpoiled()],
    [
      "rejects later",
      async () => {
        await new Promise(setImmediate);
        throwSpoiled();
      },
    ],
  ])(
    "[FAIL-1] an error of a handler that %s is logged with room, tick and player; no client notices",
    async (_what, handler) => {
      room.onMessage("spoil", handler);
      ann.send("spoil", { text: "hello" });
      await expectLogged("onMessage", ann);
      await expectNobodyNoticed();
      // A request is still answered.
      expect(await bob.request("spoil", "hello")).toBeUndefined();
    },
  );

  test.each<[what: string, method: "setTimeout" | "setInterval", timer: () => unknown]>([
    ["throws", "setTimeout", throwSpoiled],
    ["throws again and again", "setInterval", throwSpoiled],
    ["rejects", "setTimeout", async () => throwSpoiled()],
  ])(
    "[FAIL-2] an error of a timer that %s is logged with room and tick; no client notices",
    async (_what, method, timer) => {
      const timeout = room.clock[method](timer, 1);
      await expectLogged(method);
      await expectNobodyNoticed();
      timeout.clear();
    },
  );

  test("[FAIL-3] after ten steps that throw, the fight goes on, with one line in the log", async () => {
    const left = spoil(room.inputs as { get: unknown }, "get", 10);
    await until("ten steps have thrown", () => left() === 0);
    await expectLogged("step");
    await expectNobodyNoticed();
    expect(failureLines()).toHaveLength(1);
  });

  test("[FAIL-4] after ten patches that throw, the fight goes on", async () => {
    let left = 10;
    const broadcastPatch = Room.prototype.broadcastPatch;
    vi.spyOn(Room.prototype, "broadcastPatch").mockImplementation(function (this: Room) {
      if (this === (room as Room) && left-- > 0) throwSpoiled();
      return broadcastPatch.call(this);
    });
    await until("ten patches have thrown", () => left <= 0);
    await expectLogged("broadcastPatch");
    await expectNobodyNoticed();
  });

  test("[FAIL-12] after a patch that throws between two frames, no client lacks its content", async () => {
    const dee = await enter(ann.roomId);
    const droneOf = ({ sessionId }: ArenaClient) => room.state.drones.get(sessionId) as Drone;
    const { x, y } = droneOf(ann);
    const knows = (player: ArenaClient, other: ArenaClient) => player.state.drones.has(other.sessionId);
    Object.assign(droneOf(dee), { x: 4000, y: 4000 });
    Object.assign(droneOf(bob), { x, y });
    await until("Dee is out of sight", () => !knows(ann, dee) && !knows(bob, dee));
    let left = 1;
    const { takePing } = RoundTrips.prototype;
    vi.spyOn(RoundTrips.prototype, "takePing").mockImplementation(function (this: RoundTrips, id, nowMs) {
      if (id === bob.sessionId && left-- > 0) throwSpoiled();
      return takePing.call(this, id, nowMs);
    });
    // Ann's frame, in which Dee appears, is made before Bob's throws.
    Object.assign(droneOf(dee), { x, y });
    await until("a patch has thrown", () => left <= 0);
    await expectLogged("broadcastPatch");
    await until("all three see each other", () => knows(ann, dee) && knows(bob, dee) && knows(dee, ann));
    await expectNobodyNoticed();
    await dee.leave();
  });

  test("[FAIL-5] when onLeave throws, the others still see the player leave", async () => {
    spoil(room.state.roster, "delete", 1);
    await ann.leave();
    await expectLogged("onLeave", ann);
    await expectNobodyNoticed([bob, carol]);
    expect(room.clients).toHaveLength(1);
  });

  test("[FAIL-6] when onDrop throws, the seat is still kept", async () => {
    ann.reconnection.minUptime = 0;
    const back = new Promise<void>((resolve) => ann.onReconnect(() => resolve()));
    spoil(room.membership, "drop", 1);
    server.cut(ann);
    await expectLogged("onDrop", ann);
    await back;
    await until("Ann plays again", () => room.clients.getById(ann.sessionId)?.state === ClientState.JOINED);
    await expectNobodyNoticed([bob, carol]);
  });

  test("[FAIL-7] when onReconnect throws, its player is refused and the seat is freed", async () => {
    ann.reconnection.minUptime = 0;
    ann.reconnection.maxRetries = 3;
    const left = new Promise<number>((resolve) => ann.onLeave(resolve));
    const { onReconnect } = room;
    room.onReconnect = (client) => {
      onReconnect.call(room, client);
      throwSpoiled();
    };
    server.cut(ann);
    expect(await left).toBe(CloseCode.FAILED_TO_RECONNECT);
    await until("Ann's seat is free", () => !room.state.roster.has(ann.sessionId));
    await expectNobodyNoticed([bob, carol]);
  });

  test("[FAIL-8] when onJoin throws, the client is refused and leaves no seat", async () => {
    const seats = room.state.roster.size;
    spoil(room.state.roster, "set", 1);
    await expect(enter(room.roomId)).rejects.toThrow("The room failed: try again.");
    await until("a line in the log", () => failureLines().length > 0);
    expect(failureLines()).toMatchObject([
      { room: room.roomId, method: "onJoin", err: { message: SPOILED } },
    ]);
    await until("nothing is left", () => room.clients.length === 2);
    expect([room.state.roster.size, room.state.drones.size]).toEqual([seats, seats]);
    await expectNobodyNoticed();
    await (await enter(room.roomId)).leave();
  });

  test("[FAIL-9] when the first state cannot be sent, the client is disconnected and no other notices", async () => {
    const left = spoil(room as unknown as { sendFullState(): void }, "sendFullState", 1);
    const newcomer = await server.client.joinById(room.roomId);
    newcomer.onMessage("*", () => {});
    const code = await new Promise<number>((resolve) => newcomer.onLeave(resolve));
    expect([code, left()]).toEqual([CloseCode.WITH_ERROR, 0]);
    expect(logged).toContainEqual(expect.objectContaining({ msg: "uncaught while handling a frame" }));
    await expectNobodyNoticed();
  });

  describe("that keeps failing", () => {
    /** Expects the room to end after MAX_FAILURES throws, with a notice and a close code for Ann and Bob. */
    const expectEnd = async (throws: () => number) => {
      const notices: Notice[] = [];
      for (const player of [ann, bob])
        player.onMessage(MESSAGE.notice, (notice: Notice) => void notices.push(notice));
      const codes = [ann, bob].map((player) => new Promise<number>((resolve) => player.onLeave(resolve)));
      expect(await Promise.all(codes)).toEqual([CLOSE.roomFailed, CLOSE.roomFailed]);
      expect(notices).toEqual([{ type: "roomFailed" }, { type: "roomFailed" }]);
      expect(throws()).toBeGreaterThanOrEqual(MAX_FAILURES);
      expect(throws()).toBeLessThan(MAX_FAILURES + 5);
      await until("the room is gone", () => matchMaker.getLocalRoomById(room.roomId) === undefined);
      expect(logged).toContainEqual(
        expect.objectContaining({ msg: "too many consecutive failures: the room ends" }),
      );
      // At most one line per second.
      expect(failureLines().length).toBeLessThanOrEqual(5);
      await expectNobodyNoticed([carol]);
    };

    test("[FAIL-10] a room whose every step throws ends, and clients of other rooms never notice", async () => {
      const left = spoil(room.inputs as { get: unknown }, "get", 1e6);
      await expectEnd(() => 1e6 - left());
    });

    test("[FAIL-11] a room whose every patch throws ends, although its steps succeed", async () => {
      let throws = 0;
      const broadcastPatch = Room.prototype.broadcastPatch;
      vi.spyOn(Room.prototype, "broadcastPatch").mockImplementation(function (this: Room) {
        if (this !== (room as Room)) return broadcastPatch.call(this);
        throws++;
        return throwSpoiled();
      });
      await expectEnd(() => throws);
    });
  });
});

describe("the log and the count of failures", () => {
  let nowMs = 0;
  let lines: LogLine[];
  let failures: Failures;
  beforeEach(() => {
    nowMs = 5_000;
    lines = [];
    vi.spyOn(performance, "now").mockImplementation(() => nowMs);
    failures = new Failures(pino({ base: null }, { write: (line) => void lines.push(JSON.parse(line)) }));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test("[FAIL-20] the first error is logged at once, then one a second with the number of those in between", () => {
    const error = new Error(SPOILED);
    for (let i = 0; i < 100; i++) {
      failures.report(error, { tick: i });
      nowMs += 25;
    }
    expect(lines.map(({ tick, alsoSince }) => [tick, alsoSince])).toEqual([
      [0, 0],
      [40, 39],
      [80, 39],
    ]);
    expect(lines[0]).toMatchObject({ err: { message: SPOILED }, level: 50 });
  });

  test("[FAIL-21] thrown values that are not errors are logged, too", () => {
    for (const thrown of [undefined, null, "text", 7, { any: "thing" }]) {
      failures.report(thrown, { tick: 1 });
      nowMs += 1000;
    }
    expect(lines).toHaveLength(5);
  });

  test("[FAIL-22] MAX_FAILURES consecutive failures end the room, once; only a success of the same routine resets the count", () => {
    const step = "step";
    for (let i = 1; i < MAX_FAILURES; i++) expect(failures.failed(step)).toBe(false);
    failures.succeeded(step);
    for (let i = 1; i < MAX_FAILURES; i++) expect(failures.failed(step)).toBe(false);
    failures.succeeded("broadcastPatch");
    expect(failures.failed("broadcastPatch")).toBe(false);
    expect(failures.failed(step)).toBe(true);
    expect(failures.failed(step)).toBe(false);
  });
});
