import { type Client, Room } from "@colyseus/core";
import { afterEach, expect, test, vi } from "vitest";
import { checkColyseusInternals, countAsJoined, runOnMonotonicTime } from "./colyseusInternals.ts";

afterEach(() => {
  vi.doUnmock("@colyseus/core");
  vi.doUnmock("@colyseus/ws-transport");
  vi.resetModules();
});

/** The check as it would run with another version. */
const checkWith = async (module: string, change: (original: object) => object) => {
  vi.resetModules();
  vi.doMock(module, async (original) => change((await original()) as object));
  const other = await import("./colyseusInternals.ts");
  return other.checkColyseusInternals;
};

test("[INTERNALS-1] the installed Colyseus has all that is reached for", () => {
  expect(() => checkColyseusInternals()).not.toThrow();
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
  ["WebSocketClient._enqueuedMessages", "@colyseus/ws-transport", () => ({ WebSocketClient: class {} })],
])(
  "[INTERNALS-2] a version without %s stops the start with a line that says what and where to look",
  async (missing, module, without) => {
    const check = await checkWith(module, (original) => ({ ...original, ...without() }));
    expect(check).toThrow(
      `this version of Colyseus has no ${missing}: see server/edge/colyseusInternals.ts, or install the versions of package-lock.json`,
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
