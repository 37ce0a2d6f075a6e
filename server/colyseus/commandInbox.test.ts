/** The inbox against Colyseus' own decoder and buffer, as a room of the stock framework has them. */
import { type ClientPrivate, ClientState, Protocol, ProtocolModifier, Room } from "@colyseus/core";
import { encode, MapSchema } from "@colyseus/schema";
import { InputEncoder } from "@colyseus/schema/input";
import { WebSocketClient } from "@colyseus/ws-transport";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { COMMAND_BACKLOG_MAX } from "#shared/config.ts";
import { COMMAND_RANGES, type Command, CommandInput } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import { CommandInbox, readCommands } from "./commandInbox.ts";

const CODE = Protocol.ROOM_INPUT_RELIABLE;
const STAMPED = CODE | ProtocolModifier.TIMED;

/** As ArenaRoom declares its input and its history. */
class StockRoom extends Room<{ input: CommandInput }> {
  override inputs = this.defineInput(CommandInput, {
    sanitize: COMMAND_RANGES,
    bufferMaxSize: COMMAND_BACKLOG_MAX,
  });
  readonly history = this.allowRewindState({ maxRewindMs: 300 }).attachAll(new MapSchema<Drone>(), {
    fields: ["x", "y"],
    mode: "snapshot",
  });

  /** A client as Colyseus prepares it before it joins. */
  newClient(): WebSocketClient & ClientPrivate {
    const client = new WebSocketClient("", undefined as never);
    Reflect.get(this, "_inputController").allocate(client);
    return client;
  }

  /** What Colyseus does first of all when a client leaves. */
  release(client: WebSocketClient): void {
    client.state = ClientState.LEAVING;
    Reflect.get(this, "_inputController").freeze(client);
  }

  hear(client: WebSocketClient, frame: Uint8Array): void {
    Reflect.get(this, "_onMessage").call(this, client, frame);
  }
}

const FIELDS = ["moveX", "moveY", "aim", "buttons", "reach"] as const;
/** The values of the five fields: a copy, because those of an inbox are valid until the next frame. */
const valuesOf = (command: Partial<Command> | undefined) => command && FIELDS.map((field) => command[field]);

/** One client's encoder, as the SDK has it. */
class Sender {
  readonly #input = new CommandInput();
  readonly #encoder = new InputEncoder(this.#input);
  #stampMs = 0;

  frame(delta: Partial<CommandInput>, stampMs?: number): Buffer {
    Object.assign(this.#input, delta);
    const head = Buffer.alloc(10);
    const it = { offset: 1 };
    head[0] = stampMs === undefined ? CODE : STAMPED;
    if (stampMs !== undefined) {
      encode.number(head, stampMs - this.#stampMs, it);
      this.#stampMs = stampMs;
    }
    return Buffer.concat([head.subarray(0, it.offset), this.#encoder.encode()]);
  }
}

const receive = (inbox: CommandInbox, frame: Uint8Array) => inbox.receive(frame, frame[0] === STAMPED);

const delta = fc.record(
  {
    moveX: fc.integer({ min: -128, max: 127 }),
    moveY: fc.integer({ min: -128, max: 127 }),
    aim: fc.double({ min: -100, max: 100, noNaN: true }),
    buttons: fc.nat({ max: 255 }),
    reach: fc.nat({ max: 255 }),
  },
  { requiredKeys: [] },
);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      delta,
      /** After a stall, several arrive at once. */
      times: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, fc.nat({ max: COMMAND_BACKLOG_MAX + 4 })),
      // Sent as differences of at most 32 bits.
      stampMs: fc.option(fc.nat({ max: 2 ** 31 - 1 }), { nil: undefined }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("next" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("leave" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("break" as const),
      delta,
      // A field without its value or with half of it, a field twice, an unknown one, no operation, another structure.
      tail: fc.constantFrom([0x80], [0x82, 1], [0x80, 1, 0x80, 1], [0x85, 1], [0x7f], [0xff, 0]),
    }),
  },
);

let room: StockRoom;
let stock: WebSocketClient & ClientPrivate;
let client: WebSocketClient & ClientPrivate;
let inbox: CommandInbox;
beforeEach(() => {
  room = new StockRoom();
  stock = room.newClient();
  client = room.newClient();
  inbox = new CommandInbox();
  readCommands(room, client, inbox);
});

/** What Colyseus and the room read of a client's commands. */
const readingsOf = (of: WebSocketClient & ClientPrivate) => ({
  latest: valuesOf(of._inputAccessor?.latest),
  size: of._inputAccessor?.size,
  renderTime: of._inputAccessor?.renderTime,
  ack: of._inputBuffer?.ackSeq,
});

test("[INBOX-1] any stream of commands reads as from Colyseus' decoder and buffer: values, stamps, overflow, acks, seed 7", () => {
  let overflows = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      stock = room.newClient();
      client = room.newClient();
      inbox = new CommandInbox();
      readCommands(room, client, inbox);
      const sender = new Sender();
      for (const one of steps) {
        if (one.do === "send") {
          for (let n = 0; n < one.times; n++) {
            const frame = sender.frame(n === 0 ? one.delta : { buttons: n }, one.stampMs);
            if (inbox.size === COMMAND_BACKLOG_MAX) overflows++;
            expect(receive(inbox, frame)).toBe(true);
            room.hear(stock, frame);
          }
        } else if (one.do === "next") {
          const wanted = stock._inputAccessor?.next();
          const command: Command | undefined = client._inputAccessor?.next();
          expect(valuesOf(command)).toEqual(valuesOf(wanted));
          if (command) expect(command.seenAtMs).toBe(readingsOf(stock).renderTime);
        } else if (one.do === "leave") {
          room.release(client);
          room.release(stock);
        } else {
          const broken = Buffer.concat([new Sender().frame(one.delta), Buffer.from(one.tail)]);
          expect(receive(inbox, broken)).toBe(false);
        }
        expect(readingsOf(client)).toEqual(readingsOf(stock));
      }
    }),
    { seed: 7, numRuns: 1000 },
  );
  expect(overflows).toBeGreaterThan(100);
});

describe("with a command waiting", () => {
  let sender: Sender;
  beforeEach(() => {
    sender = new Sender();
    receive(inbox, sender.frame({ moveX: 1, moveY: 2, aim: 3, buttons: 4, reach: 5 }, 1000));
  });

  test("[INBOX-2] a frame that is cut anywhere, or goes on after its end, is refused and changes nothing, nor the next stamp", () => {
    const before = readingsOf(client);
    const whole = new Sender().frame({ moveX: 9, aim: 1, reach: 8 }, 70_000);
    /** After the code, the stamp or a field, the rest is a shorter command. */
    const ends = [6, 8, 11, whole.length];
    for (let cut = 1; cut < whole.length; cut++) {
      if (ends.includes(cut)) continue;
      expect(receive(inbox, whole.subarray(0, cut))).toBe(false);
    }
    for (let byte = 0; byte < 256; byte++) {
      expect(receive(inbox, Buffer.concat([whole, Buffer.of(byte)]))).toBe(false);
      expect(receive(inbox, Buffer.of(CODE, 0x80, 7, byte))).toBe(false);
    }
    expect(readingsOf(client)).toEqual(before);
    inbox.next();
    receive(inbox, sender.frame({}, 1033));
    inbox.next();
    expect(inbox.renderTime).toBe(1033);
  });

  test("[INBOX-3] while the client leaves, commands are checked but dropped, as Colyseus drops them", () => {
    room.release(client);
    const before = readingsOf(client);
    expect([before.size, before.ack]).toEqual([0, 1]);
    expect(receive(inbox, sender.frame({ moveX: 50 }, 2000))).toBe(true);
    expect(receive(inbox, Buffer.of(CODE, 0x80))).toBe(false);
    expect(readingsOf(client)).toEqual(before);
  });

  test("[INBOX-4] of what a client sends before its room reads, nothing is kept", () => {
    const early = new CommandInbox();
    expect(receive(early, new Sender().frame({ moveX: 50 }, 2000))).toBe(true);
    expect(receive(early, Buffer.of(CODE, 0x80))).toBe(false);
    const next = room.newClient();
    readCommands(room, next, early);
    expect(readingsOf(next)).toEqual({ latest: [0, 0, 0, 0, 0], size: 0, renderTime: 0, ack: 0 });
    expect(early.next()).toBeUndefined();
  });
});

test("[INBOX-5] ten thousand commands pass through COMMAND_BACKLOG_MAX objects, each intact until the next frame", () => {
  const sender = new Sender();
  const objects = new Set<object>();
  for (let tick = 0; tick < 5000; tick++) {
    const frames = [1, 2].map((n) => sender.frame({ buttons: tick % 256, reach: n }));
    for (const frame of frames) receive(inbox, frame);
    const taken = [inbox.next(), inbox.next()];
    expect(taken.map((one) => [one?.buttons, one?.reach])).toEqual([
      [tick % 256, 1],
      [tick % 256, 2],
    ]);
    for (const one of taken) objects.add(one ?? {});
  }
  expect(objects.size).toBe(COMMAND_BACKLOG_MAX);
});

test("[INBOX-6] a socket without an inbox, as in development: Colyseus decodes, and the room reads the same", () => {
  const plain = room.newClient();
  readCommands(room, plain, undefined);
  const sender = new Sender();
  for (let n = 0; n < COMMAND_BACKLOG_MAX + 3; n++) {
    const frame = sender.frame({ moveX: n - 128, aim: n / 10 }, n % 3 === 0 ? 1000 + n : undefined);
    room.hear(plain, frame);
    receive(inbox, frame);
  }
  expect(readingsOf(plain)).toEqual(readingsOf(client));
  while (inbox.size > 0) {
    expect(plain._inputAccessor?.next()).toEqual(client._inputAccessor?.next());
    expect(readingsOf(plain)).toEqual(readingsOf(client));
  }
  expect(readingsOf(plain).ack).toBe(COMMAND_BACKLOG_MAX + 3);
});
