import { type Client, Protocol, ProtocolModifier, Room } from "@colyseus/core";
import { afterEach, expect, test, vi } from "vitest";
import {
  assertColyseusInternals,
  countAsJoined,
  isOfState,
  postdate,
  runOnMonotonicTime,
} from "./internals.ts";

afterEach(() => {
  vi.doUnmock("@colyseus/core");
  vi.doUnmock("@colyseus/ws-transport");
  vi.resetModules();
});

/** The check as it would run with another version. */
const checkWith = async (module: string, change: (original: object) => object) => {
  vi.resetModules();
  vi.doMock(module, async (original) => change((await original()) as object));
  const other = await import("./internals.ts");
  return other.assertColyseusInternals;
};

test("[INTERNALS-1] the installed Colyseus has all that is reached for", () => {
  expect(() => assertColyseusInternals()).not.toThrow();
});

test.each<[missing: string, module: string, without: () => object]>([
  [
    "Room.clock.now",
    "@colyseus/core",
    () => ({
      Room: class extends Room {
        override clock = Object.assign(new Room().clock, { now: undefined });
      },
    }),
  ],
  [
    "Room.sendFullState",
    "@colyseus/core",
    () => {
      class Other extends Room {}
      Object.assign(Other.prototype, { sendFullState: undefined });
      return { Room: Other };
    },
  ],
  [
    "Room.kickClient",
    "@colyseus/core",
    () => {
      class Other extends Room {}
      Object.assign(Other.prototype, { kickClient: undefined });
      return { Room: Other };
    },
  ],
  [
    "WebSocketClient.raw",
    "@colyseus/ws-transport",
    () => ({
      WebSocketClient: class {
        _enqueuedMessages = [];
      },
    }),
  ],
  [
    "WebSocketClient._enqueuedMessages",
    "@colyseus/ws-transport",
    () => ({
      WebSocketClient: class {
        raw() {}
      },
    }),
  ],
])(
  "[INTERNALS-2] a version without %s stops the start with a line that says what and where to look",
  async (missing, module, without) => {
    const check = await checkWith(module, (original) => ({ ...original, ...without() }));
    expect(check).toThrow(
      `this version of Colyseus has no ${missing}: see server/colyseus/internals.ts, or install the versions of package-lock.json`,
    );
  },
);

test("[INTERNALS-3] a room's clock goes by the monotonic time, from the moment when it is told to", () => {
  const { clock } = new Room();
  let monotonicMs = 5_000;
  const now = vi.spyOn(performance, "now").mockImplementation(() => monotonicMs);
  runOnMonotonicTime(clock);
  monotonicMs += 40;
  clock.tick();
  expect([clock.deltaTime, clock.elapsedTime]).toEqual([40, 40]);
  now.mockRestore();
});

test("[INTERNALS-4] who is counted as joined is one to Colyseus, for which it looks at its queue", () => {
  const client = { _enqueuedMessages: [1] };
  countAsJoined(client as unknown as Client);
  expect(client._enqueuedMessages).toBeUndefined();
});

test("[INTERNALS-5] a frame of state is told from others, and said to be made later, and nothing else of it is changed", () => {
  const timed = (code: number) =>
    Uint8Array.of(code | ProtocolModifier.TIMED, 0xff, 0, 0, 0, 7, 0, 0, 0, 1, 2, 3);
  for (const code of [Protocol.ROOM_STATE, Protocol.ROOM_STATE_PATCH]) {
    const frame = timed(code);
    expect(isOfState(frame)).toBe(true);
    postdate(frame, 10_000);
    const expected = timed(code);
    new DataView(expected.buffer).setUint32(1, 0xff + 10_000, true);
    expect(frame).toEqual(expected);
    const untimed = Uint8Array.of(code, 9, 9, 9, 9, 9);
    postdate(untimed, 10_000);
    expect(untimed).toEqual(Uint8Array.of(code, 9, 9, 9, 9, 9));
  }
  for (const code of [Protocol.JOIN_ROOM, Protocol.ROOM_DATA, Protocol.PING, Protocol.ROOM_RESPONSE]) {
    expect(isOfState(Uint8Array.of(code))).toBe(false);
  }
});
