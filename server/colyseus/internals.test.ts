import { type Client, Protocol, ProtocolModifier, Room } from "@colyseus/core";
import type { Root } from "@colyseus/schema";
import { afterEach, expect, test, vi } from "vitest";
import {
  assertColyseusInternals,
  countAsJoined,
  isStateFrame,
  postdate,
  runOnMonotonicTime,
  stampCommands,
} from "./internals.ts";

const CORE = "@colyseus/core";
const SCHEMA = "@colyseus/schema";
const TRANSPORT = "@colyseus/ws-transport";
const INPUT = "@colyseus/schema/input";
const WS = "ws";

afterEach(() => {
  for (const module of [CORE, SCHEMA, TRANSPORT, INPUT, WS]) vi.doUnmock(module);
  vi.resetModules();
});

// biome-ignore lint/suspicious/noExplicitAny: a module's exports, of which each case replaces some.
type Exports = any;

/** The check as it runs with another version of the module. */
const checkWith = async (module: string, change: (original: Exports) => object) => {
  vi.resetModules();
  vi.doMock(module, async (original) => {
    const exports = await original<Exports>();
    return { ...exports, ...change(exports) };
  });
  const other = await import("./internals.ts");
  return other.assertColyseusInternals();
};

test("[INTERNALS-1] the installed Colyseus has every internal that the server reaches for", async () => {
  await expect(assertColyseusInternals()).resolves.toBeUndefined();
});

/** A room class without the method. */
const roomWithout = (method: string) => (original: { Room: typeof Room }) => {
  class Other extends original.Room {}
  Object.assign(Other.prototype, { [method]: undefined });
  return { Room: Other };
};

type Change<Instance> = (instance: Instance) => void;

/** Exports a class whose instances `change` alters after construction. */
const altered =
  <Instance>(name: string, change: Change<Instance>) =>
  (original: Exports) => {
    const Original: new (...args: unknown[]) => object = original[name];
    class Altered extends Original {
      constructor(...args: unknown[]) {
        super(...args);
        change(this as unknown as Instance);
      }
    }
    return { [name]: Altered };
  };

/** A room class whose input controller does nothing in the method. */
const inputWithout = (method: string) =>
  altered("Room", (room: object) => {
    let controller: object | undefined;
    Object.defineProperty(room, "_inputController", {
      get: () => controller,
      set: (created: object) => {
        controller = Object.assign(created, { [method]: () => {} });
      },
    });
  });

/** `missing`: every reach that depends on what the other version lacks. */
test.each<[missing: string, module: string, change: (original: Exports) => object]>([
  ["Room.sendFullState", CORE, roomWithout("sendFullState")],
  ["Room.kickClient", CORE, roomWithout("kickClient")],
  ["Room.clock.now", CORE, altered("Room", ({ clock }: Room) => Object.assign(clock, { now: undefined }))],
  [
    "Room._simulationInterval",
    CORE,
    altered("Room", (room: Room) => Object.assign(room, { setFixedTimestep() {} })),
  ],
  ["InputBuffer.ackSeq", CORE, () => ({ InputBufferImpl: class {} })],
  [
    "getMessageBytes.raw",
    CORE,
    ({ getMessageBytes }) => ({ getMessageBytes: { ...getMessageBytes, raw: undefined } }),
  ],
  ["WebSocket._socket, WebSocket._receiver", WS, () => ({ WebSocket: class {} })],
  [
    "WebSocketClient.raw",
    TRANSPORT,
    () => ({
      WebSocketClient: class {
        _enqueuedMessages = [];
      },
    }),
  ],
  [
    "WebSocketClient._enqueuedMessages",
    TRANSPORT,
    () => ({
      WebSocketClient: class {
        raw() {}
      },
    }),
  ],
  [
    "Schema[Symbol.metadata], Schema[$values], Schema[$refId], Schema[$encoder], Root's first ref ID, Root.nextUniqueId, Root.add, Root.refCount, InputEncoder's wire format",
    SCHEMA,
    ({ schema }) => ({
      schema: (...args: unknown[]) => Object.defineProperty(schema(...args), Symbol.metadata, { value: {} }),
    }),
  ],
  ["Schema[$values]", SCHEMA, () => ({ $values: Symbol("other") })],
  [
    "Schema[$refId], Root's first ref ID, Root.nextUniqueId, Root.add, Root.refCount",
    SCHEMA,
    () => ({ $refId: Symbol("other") }),
  ],
  ["Schema[$changes], Schema[$encoder], Root.nextUniqueId", SCHEMA, () => ({ $changes: Symbol("other") })],
  ["Schema[$encoder]", SCHEMA, () => ({ $encoder: Symbol("other") })],
  ["encode.number", SCHEMA, ({ encode }) => ({ encode: { ...encode, number: undefined } })],
  [
    "Root's first ref ID, Root.add, Root.refCount",
    SCHEMA,
    ({ Root: Original }) => ({
      Root: class extends Original {
        constructor(types: unknown) {
          super(types);
        }
      },
    }),
  ],
  [
    "Root's first ref ID, Root.nextUniqueId, Root.add, Root.refCount",
    SCHEMA,
    altered("Root", (root: Root) => Object.assign(root, { add: () => true })),
  ],
  [
    "Root.refCount",
    SCHEMA,
    altered("Root", (root: Root) => Object.defineProperty(root, "refCount", { get: () => ({}) })),
  ],
  [
    "SchemaSerializer.fullEncodeBuffer, SchemaSerializer.needFullEncode",
    CORE,
    altered("SchemaSerializer", (it: object) => Object.assign(it, { fullEncodeBuffer: [] })),
  ],
  [
    "SchemaSerializer.needFullEncode",
    CORE,
    altered("SchemaSerializer", (it: object) => Object.assign(it, { needFullEncode: undefined })),
  ],
  ["Room._onLeave", CORE, roomWithout("_onLeave")],
  ["Client._inputBuffer", CORE, inputWithout("allocate")],
  ["Room.inputs.register", CORE, inputWithout("register")],
  ["Room.inputs.freeze", CORE, inputWithout("freeze")],
  [
    "InputEncoder's wire format",
    INPUT,
    ({ InputEncoder }) => ({
      InputEncoder: class extends InputEncoder {
        encode() {
          return Uint8Array.of(0x80, 1, ...super.encode());
        }
      },
    }),
  ],
  [
    'message "… is already full."',
    CORE,
    ({ matchMaker }) => ({
      matchMaker: { ...matchMaker, reserveSeatFor: () => Promise.reject(new Error("no seat is free")) },
    }),
  ],
])(
  "[INTERNALS-2] a version without %s stops the start with an error that names it and the file",
  async (missing, module, change) => {
    await expect(checkWith(module, change)).rejects.toThrow(
      `this version of Colyseus has no ${missing}: see server/colyseus/internals.ts, or install the versions of package-lock.json`,
    );
  },
);

test("[INTERNALS-3] a room's clock follows monotonic time from the moment it is switched over", () => {
  const { clock } = new Room();
  let monotonicMs = 5_000;
  const now = vi.spyOn(performance, "now").mockImplementation(() => monotonicMs);
  runOnMonotonicTime(clock);
  monotonicMs += 40;
  clock.tick();
  expect([clock.deltaTime, clock.elapsedTime]).toEqual([40, 40]);
  now.mockRestore();
});

test("[INTERNALS-6] stampCommands makes Colyseus ask clients for the time that their screens show", () => {
  const room = new Room();
  const stamps = () => Reflect.get(room, "_timelineMode").call(room);
  expect(stamps()).toBeUndefined();
  stampCommands(room);
  expect(stamps()).toEqual({ snapshot: true, reckon: false });
});

test("[INTERNALS-4] countAsJoined removes the message queue by which Colyseus recognises a client that never joined", () => {
  const client = { _enqueuedMessages: [1] };
  countAsJoined(client as unknown as Client);
  expect(client._enqueuedMessages).toBeUndefined();
});

test("[INTERNALS-5] postdate recognises state frames and changes nothing but their server time", () => {
  const timed = (code: number) =>
    Uint8Array.of(code | ProtocolModifier.TIMED, 0xff, 0, 0, 0, 7, 0, 0, 0, 1, 2, 3);
  for (const code of [Protocol.ROOM_STATE, Protocol.ROOM_STATE_PATCH]) {
    const frame = timed(code);
    expect(isStateFrame(frame)).toBe(true);
    postdate(frame, 10_000);
    const expected = timed(code);
    new DataView(expected.buffer).setUint32(1, 0xff + 10_000, true);
    expect(frame).toEqual(expected);
    const untimed = Uint8Array.of(code, 9, 9, 9, 9, 9);
    postdate(untimed, 10_000);
    expect(untimed).toEqual(Uint8Array.of(code, 9, 9, 9, 9, 9));
  }
  for (const code of [Protocol.JOIN_ROOM, Protocol.ROOM_DATA, Protocol.PING, Protocol.ROOM_RESPONSE]) {
    expect(isStateFrame(Uint8Array.of(code))).toBe(false);
  }
});
