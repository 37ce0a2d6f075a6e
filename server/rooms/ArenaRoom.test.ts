import { ClientState } from "@colyseus/core";
import { CloseCode, type Room } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  type ArenaClient,
  bootServer,
  returnUrl,
  type TestServer,
  until,
} from "#server/testing/bootServer.ts";
import { MAX_PLAYERS } from "#shared/config.ts";
import { unpackEvents } from "#shared/protocol/eventCodec.ts";
import type { EventMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { BUTTON, CommandInput } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";

let server: TestServer;
const joined: ArenaClient[] = [];

const join = async (options?: object) => {
  const room = await server.join(options);
  joined.push(room);
  return room;
};

const ownDrone = (room: ArenaClient) => {
  const drone = room.state.drones.get(room.sessionId);
  if (!drone) throw new Error("the client has no drone");
  return drone;
};

/** Sends the same command `times` times, as a client does in as many ticks. */
function send(room: ArenaClient, command: Partial<CommandInput>, times = 1): void {
  const input = room.input({ type: CommandInput });
  Object.assign(input.data, { moveX: 0, moveY: 0, buttons: 0 }, command);
  for (let i = 0; i < times; i++) input.send();
}

beforeAll(async () => {
  server = await bootServer();
});
afterEach(async () => {
  const open = joined.splice(0).filter((room) => room.connection.isOpen);
  await Promise.all(open.map((room) => room.leave()));
});
afterAll(() => server.close());

describe("joining", () => {
  test("[ROOM-1] a visitor gets a living drone and a seat, and seven bots for company", async () => {
    const room = await join({ name: "Ann" });
    expect(ownDrone(room)).toMatchObject({ hp: 100 });
    expect(room.state.roster.get(room.sessionId)).toMatchObject({ name: "Ann", score: 0 });
    await until("seven bots", () => room.state.roster.size === 8);
    const seats = [...room.state.roster.values()];
    expect(seats.filter((seat) => seat.bot)).toHaveLength(7);
    expect(new Set(seats.map((seat) => seat.team)).size).toBe(8);
  });

  test("[ROOM-2] bots make way for players and return when these leave", async () => {
    const rooms = await Promise.all(Array.from({ length: 9 }, () => join()));
    const [first] = rooms as [ArenaClient];
    await until("nine people, no bots", () => {
      const seats = [...first.state.roster.values()];
      return seats.length === 9 && seats.every((seat) => !seat.bot);
    });
    await rooms[8]?.leave();
    await rooms[7]?.leave();
    await until("a bot again", () => [...first.state.roster.values()].some((seat) => seat.bot));
  });

  test("[ROOM-3] the seventeenth player opens a second room", async () => {
    const rooms = await Promise.all(Array.from({ length: MAX_PLAYERS + 1 }, () => join()));
    expect(new Set(rooms.map((room) => room.roomId)).size).toBe(2);
  });

  test.each([
    ["a name that is not a string", { name: 5 }, 400, /^join option "name": .*string/],
    ["a name that is a list", { name: ["x"] }, 400, /^join option "name"/],
    ["a page with an older protocol", { protocol: PROTOCOL_VERSION - 1 }, 426, /reload the page/],
    ["a protocol that is not a number", { protocol: "1" }, 400, /^join option "protocol"/],
  ])("[ROOM-4] %s is refused with a reason", async (_what, options, code, reason) => {
    const refusal = await server.join(options).catch((error) => error);
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(reason) });
  });

  test("[ROOM-5] an unknown room type is refused by name", async () => {
    await expect(server.client.joinOrCreate("nowhere")).rejects.toThrow(/"nowhere"/);
  });

  test.each([
    ["", "Drone"],
    ["x".repeat(10_000), "x".repeat(16)],
    ["\u202Eevil\u200B\u0007", "evil"],
  ])("[ROOM-6] the name %j reaches others as %j", async (name, shown) => {
    const watcher = await join({ name: "Watcher" });
    const room = await join({ name });
    await until("the seat", () => watcher.state.roster.has(room.sessionId));
    expect(watcher.state.roster.get(room.sessionId)?.name).toBe(shown);
  });
});

describe("playing", () => {
  test("[ROOM-7] one player's commands move the drone on another player's screen", async () => {
    const [ann, bob] = [await join(), await join()];
    const before = { x: ownDrone(ann).x, y: ownDrone(ann).y };
    // Bob spawns far away: move him into view, as a respawn would.
    const state = server.roomOf(bob).state;
    Object.assign(state.drones.get(bob.sessionId) ?? {}, before);
    await until("Bob sees Ann", () => bob.state.drones.has(ann.sessionId));
    const towardsCentre = before.x < 1536 ? 127 : -127;
    send(ann, { moveX: towardsCentre }, 15);
    await until("Ann moved on Bob's screen", () => {
      const seen = bob.state.drones.get(ann.sessionId);
      return seen !== undefined && Math.hypot(seen.x - before.x, seen.y - before.y) > 50;
    });
  });

  test("[ROOM-8] only the owner receives velocity, cooldown and respawn", async () => {
    const [ann, bob] = [await join(), await join()];
    const state = server.roomOf(ann).state;
    Object.assign(state.drones.get(bob.sessionId) ?? {}, { x: ownDrone(ann).x, y: ownDrone(ann).y });
    await until("Bob sees Ann", () => bob.state.drones.has(ann.sessionId));
    send(ann, { moveX: 127, buttons: BUTTON.fire }, 10);
    await until("Ann moves", () => ownDrone(ann).vx !== 0);
    const seen = bob.state.drones.get(ann.sessionId);
    expect(seen).toMatchObject({ hp: 100 });
    expect(seen).not.toHaveProperty("vx", expect.anything());
    expect(seen).not.toHaveProperty("cooldownTicks", expect.anything());
    expect(seen).not.toHaveProperty("respawnTick", expect.anything());
  });

  test("[ROOM-9] a drone out of view is in the roster but not in state.drones", async () => {
    const [ann, bob] = [await join(), await join()];
    const state = server.roomOf(ann).state;
    Object.assign(state.drones.get(ann.sessionId) ?? {}, { x: 100, y: 100 });
    Object.assign(state.drones.get(bob.sessionId) ?? {}, { x: 2900, y: 1900 });
    await until("listed", () => ann.state.roster.has(bob.sessionId));
    await until("out of view", () => !ann.state.drones.has(bob.sessionId));
    Object.assign(state.drones.get(bob.sessionId) ?? {}, { x: 700, y: 100 });
    await until("in view", () => ann.state.drones.has(bob.sessionId));
  });

  test("[ROOM-10] in a fight, the target receives shots, hits and the kill, and the shooter's score", async () => {
    const [ann, bob] = [await join({ name: "Ann" }), await join({ name: "Bob" })];
    const received: SimEvent[] = [];
    bob.onMessage(MESSAGE.event, (message: EventMessage) => received.push(...unpackEvents(message.events)));
    const state = server.roomOf(ann).state;
    const place = (room: ArenaClient, x: number) =>
      Object.assign(state.drones.get(room.sessionId) ?? {}, { x, y: 120, hp: 100 });
    place(ann, 100);
    place(bob, 300);
    await until("Ann sees Bob", () => ann.state.drones.has(bob.sessionId));
    let shotSeen = false;
    const firing = setInterval(() => {
      place(ann, 100);
      if (ownDrone(bob).hp > 0) Object.assign(state.drones.get(bob.sessionId) ?? {}, { x: 300, y: 120 });
      send(ann, { aim: 0, buttons: BUTTON.fire });
      shotSeen ||= [...bob.state.projectiles.values()].some((shot) => shot.owner === ann.sessionId);
    }, 33);
    const annKilledBob = (event: SimEvent) =>
      event.type === "kill" && event.killer === ann.sessionId && event.victim === bob.sessionId;
    // A bot that destroys one of them first makes it begin anew.
    const destroyed = until("Ann destroys Bob", () => received.some(annKilledBob), 40_000);
    await destroyed.finally(() => clearInterval(firing));
    await until("the score on Bob's page", () => (bob.state.roster.get(ann.sessionId)?.score ?? 0) >= 1);
    expect(shotSeen).toBe(true);
    expect(received.some((event) => event.type === "hit" && event.victim === bob.sessionId)).toBe(true);
    expect(received.some((event) => event.type === "explode" && event.drone === bob.sessionId)).toBe(true);
  });

  test("[ROOM-11] a movement of -128, which the wire can carry, is clamped to -127", async () => {
    const ann = await join();
    send(ann, { moveX: -128, moveY: -128 });
    const { inputs } = server.roomOf(ann);
    await until("the command arrives", () => (inputs.get(ann.sessionId).latest?.moveX ?? 0) !== 0);
    expect(inputs.get(ann.sessionId).latest).toMatchObject({ moveX: -127, moveY: -127 });
  });

  test("[ROOM-12] a drop and a reconnection leave the bots as they are", async () => {
    const ann = await join();
    const bots = () =>
      [...server.roomOf(ann).state.roster.entries()].filter(([, seat]) => seat.bot).map(([id]) => id);
    const before = bots();
    expect(before).toHaveLength(7);
    ann.reconnection.minUptime = 0;
    const back = new Promise<void>((resolve) => ann.onReconnect.once(() => resolve()));
    server.cut(ann);
    await back;
    expect(bots()).toEqual(before);
  });
});

describe("dropping and reconnecting", () => {
  const cutAndWait = async (room: ArenaClient) => {
    room.reconnection.minUptime = 0;
    const back = new Promise<void>((resolve) => room.onReconnect.once(() => resolve()));
    server.cut(room);
    return back;
  };

  test("[SEAT-1] a dropped client reconnects by itself to the same drone and score", async () => {
    const ann = await join({ name: "Ann" });
    const before = server.roomOf(ann).state.drones.get(ann.sessionId);
    if (before) before.score = 7;
    await cutAndWait(ann);
    await until("the score is back", () => ann.state.roster.get(ann.sessionId)?.score === 7);
    expect(server.roomOf(ann).state.drones.get(ann.sessionId)).toBe(before);
    send(ann, { moveX: ownDrone(ann).x < 1536 ? 127 : -127 }, 15);
    await until("control is back", () => ownDrone(ann).vx !== 0);
  });

  test("[SEAT-2] others see that a seat is kept, and when its player is back", async () => {
    const [ann, bob] = [await join(), await join()];
    ann.reconnection.enabled = false;
    const token = ann.reconnectionToken;
    server.cut(ann);
    await until("Ann is away", () => bob.state.roster.get(ann.sessionId)?.connected === false);
    const back: Room = await server.client.reconnect(token);
    back.onMessage("*", () => {});
    joined.push(back as ArenaClient);
    expect(back.sessionId).toBe(ann.sessionId);
    await until("Ann is back", () => bob.state.roster.get(ann.sessionId)?.connected === true);
  });

  test("[SEAT-3] after a reconnection the view lacks what left it during the drop, and has what entered", async () => {
    const [ann, bob] = [await join(), await join()];
    const state = server.roomOf(ann).state;
    const bobAt = (x: number, y: number) => Object.assign(state.drones.get(bob.sessionId) ?? {}, { x, y });
    Object.assign(state.drones.get(ann.sessionId) ?? {}, { x: 100, y: 100 });
    bobAt(300, 100);
    await until("Ann sees Bob", () => ann.state.drones.has(bob.sessionId));
    const back = cutAndWait(ann);
    bobAt(2900, 1900);
    await back;
    await until("Bob is gone", () => !ann.state.drones.has(bob.sessionId));
    bobAt(300, 100);
    await until("Bob is there", () => ann.state.drones.has(bob.sessionId));
  });

  test("[SEAT-5] a client that drops again before it acknowledged its reconnection keeps its seat", async () => {
    const ann = await join();
    const { sessionId } = ann;
    const room = server.roomOf(ann);
    const drone = room.state.drones.get(sessionId);
    ann.reconnection.minUptime = 0;
    let cuts = 0;
    const { onReconnect } = room;
    room.onReconnect = (client) => {
      onReconnect.call(room, client);
      // Before the client can answer.
      if (cuts++ === 0) setImmediate(() => server.cut(ann));
    };
    server.cut(ann);
    const isBack = () => cuts > 1 && room.clients.getById(sessionId)?.state === ClientState.JOINED;
    await until("back the second time", isBack);
    expect(room.state.drones.get(sessionId)).toBe(drone);
  });

  const breakOff = (client: object) => (client as { ref: { terminate(): void } }).ref.terminate();

  test.each([
    ["before the client has read the answer", setImmediate],
    ["while the room takes the player back", (act: () => void) => act()],
  ] as const)(
    "[SEAT-16] a reconnection that breaks %s costs neither the seat nor the token that the client has",
    async (_, whenTo) => {
      const ann = await join();
      ann.reconnection.enabled = false;
      const { sessionId, reconnectionToken } = ann;
      const room = server.roomOf(ann);
      const drone = room.state.drones.get(sessionId);
      server.cut(ann);
      const isAway = () => room.state.roster.get(sessionId)?.connected === false;
      await until("Ann is away", isAway);
      const { onReconnect } = room;
      let broken = 0;
      room.onReconnect = (client) => {
        onReconnect.call(room, client);
        if (broken++ === 0) whenTo(() => breakOff(client));
      };
      new WebSocket(returnUrl(ann));
      await until("Ann is away again", () => broken === 1 && isAway());
      const back: Room = await server.client.reconnect(reconnectionToken);
      back.onMessage("*", () => {});
      joined.push(back as ArenaClient);
      expect(back.sessionId).toBe(sessionId);
      expect(room.state.drones.get(sessionId)).toBe(drone);
    },
  );

  test("[SEAT-6] a client may reconnect from another network while its old connection is still open", async () => {
    const ann = await join();
    ann.reconnection.enabled = false;
    const room = server.roomOf(ann);
    const old = room.clients.getById(ann.sessionId);
    // As the SDK does, while the old socket is open and answers pings.
    const socket = new WebSocket(returnUrl(ann));
    await until("a new connection has the seat", () => {
      const client = room.clients.getById(ann.sessionId);
      return client !== undefined && client !== old;
    });
    socket.close();
  });

  test("[SEAT-4] a player who leaves is gone at once", async () => {
    const [ann, bob] = [await join(), await join()];
    await until("Bob knows Ann", () => bob.state.roster.has(ann.sessionId));
    expect(await ann.leave()).toBe(CloseCode.CONSENTED);
    await until("Ann is gone", () => !bob.state.roster.has(ann.sessionId));
  });
});

describe("time", () => {
  /** The ticks that a room runs in a second of real time. */
  const ticksInASecond = async (room: ArenaClient) => {
    const { state } = server.roomOf(room);
    const before = state.tick;
    const start = performance.now();
    await until("a second", () => performance.now() - start >= 1000);
    return state.tick - before;
  };

  test.each([-5000, 5000])("[TIME-1] a wall clock that steps by %i ms changes nothing", async (stepMs) => {
    const ann = await join();
    const wallClock = vi.spyOn(Date, "now");
    const real = performance.timeOrigin;
    wallClock.mockImplementation(() => real + performance.now() + stepMs);
    const ticks = await ticksInASecond(ann).finally(() => wallClock.mockRestore());
    expect(ticks).toBeGreaterThan(20);
    expect(ticks).toBeLessThan(40);
  });

  test("[TIME-2] after 500 ms of a blocked event loop clients stay connected, and most missed ticks are dropped", async () => {
    const ann = await join();
    const { state } = server.roomOf(ann);
    const before = state.tick;
    const start = performance.now();
    while (performance.now() - start < 500);
    const at = state.tick;
    expect(at).toBe(before);
    await until("ticks go on", () => state.tick > at);
    // Fifteen ticks were due: five run at once, the others never.
    expect(state.tick - at).toBeLessThanOrEqual(6);
    expect(await ticksInASecond(ann)).toBeLessThan(40);
    expect(ann.connection.isOpen).toBe(true);
  });
});

describe("errors in a room", () => {
  test("[ERROR-1] a room goes on after ticks and patches that throw", async () => {
    const ann = await join();
    const { drones } = server.roomOf(ann).state;
    let throwsLeft = 10;
    Object.defineProperty(drones, "get", {
      configurable: true,
      value: () => {
        if (--throwsLeft === 0) Reflect.deleteProperty(drones, "get");
        throw new Error("spoiled by a test");
      },
    });
    await until("ten calls have thrown", () => throwsLeft === 0);
    const after = ann.state.tick;
    await until("the fight goes on", () => ann.state.tick > after + 3);
  });
});
