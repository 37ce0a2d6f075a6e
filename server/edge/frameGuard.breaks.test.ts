/** Frames that the guard refuses, and a check that those it passes are harmless to Colyseus' decoders. */
import { Protocol, ProtocolModifier } from "@colyseus/core";
import { decode } from "@colyseus/schema";
import { InputDecoder } from "@colyseus/schema/input";
import fc from "fast-check";
import { Packr, unpack } from "msgpackr";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  bytes,
  chat,
  commandFrame,
  FRAME_MAX_BYTES,
  fits,
  float32,
  float64,
  INPUT,
  JOIN,
  PatientGuard,
  payload,
  REASON_MAX_BYTES,
  record,
  request,
  STAMPED,
  schemaFloat,
  string,
} from "#server/testing/wireFrames.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { CommandInput } from "#shared/schema/input.ts";

const [MOVE_X, MOVE_Y, AIM, BUTTONS] = [0x80, 0x81, 0x82, 0x83];

describe("refuses", () => {
  test.each<[what: string, frame: Uint8Array]>([
    ["an empty frame", bytes()],
    ["a code that only the server sends", bytes(Protocol.ROOM_STATE)],
    ["code 0", bytes(0)],
    ["the highest code", bytes(0x1f)],
    ["a second join", JOIN],
    ["a join with a body", bytes(Protocol.JOIN_ROOM, 0)],
    ["a ping with a body", bytes(Protocol.PING, 1)],
    ["a leave with a body", bytes(Protocol.LEAVE_ROOM, 1)],
    ["a ping with a stamp", bytes(Protocol.PING | ProtocolModifier.TIMED)],
    ["a message with a stamp", bytes(Protocol.ROOM_DATA | ProtocolModifier.TIMED, 0, string("chat"))],
    ["a command with another modifier", bytes(INPUT | 0x40)],
    ["a command with every modifier", bytes(INPUT | 0xe0, 0)],
    ["raw bytes for a room", bytes(Protocol.ROOM_DATA_BYTES, string("chat"), 1)],
    ["an endless ring of commands", bytes(Protocol.ROOM_INPUT_UNRELIABLE, 0, 0xff)],
    ["a ring of commands", bytes(Protocol.ROOM_INPUT_UNRELIABLE, 1, 0)],
    ["a message without a name", bytes(Protocol.ROOM_DATA)],
    ["a message with a number for a name", bytes(Protocol.ROOM_DATA, 7)],
    ["a message that no room accepts", bytes(Protocol.ROOM_DATA, string("nonsense"))],
    ["a message with a name of 100 bytes", bytes(Protocol.ROOM_DATA, string("x".repeat(100)))],
    ["a name with a length of 4 GB", bytes(Protocol.ROOM_DATA, 0xdb, 0xff, 0xff, 0xff, 0xff, string("chat"))],
    ["a known name, its length in two bytes", bytes(Protocol.ROOM_DATA, 0xda, 0, 4, Buffer.from("chat"))],
    ["the name constructor", bytes(Protocol.ROOM_DATA, string("constructor"))],
    ["the name __proto__", bytes(Protocol.ROOM_DATA, string("__proto__"))],
    ["a truncated name", bytes(Protocol.ROOM_DATA, string("chat").subarray(0, 3))],
    ["an empty name", bytes(Protocol.ROOM_DATA, 0xa0)],
    ["an empty request", bytes(Protocol.ROOM_REQUEST)],
    ["a request without a name", bytes(Protocol.ROOM_REQUEST, 1)],
    ["a request with a float as its id", bytes(Protocol.ROOM_REQUEST, schemaFloat(1), string("chat"))],
    ["a request with a 64-bit id", bytes(Protocol.ROOM_REQUEST, 0xcf, Buffer.alloc(8), string("chat"))],
  ])("[GUARD-4] %s", (_what, frame) => {
    expect(new PatientGuard().judge(frame)).toMatchObject({ code: CLOSE.badFrame });
  });

  test("[GUARD-5] text frames, even if their bytes would pass", () => {
    const guard = new PatientGuard();
    expect(guard.judge(bytes(Protocol.PING), false)).toMatchObject({ code: CLOSE.badFrame });
    expect(guard.judge(bytes(Protocol.PING), true)).toBeUndefined();
  });

  test.each<[what: string, body: Uint8Array]>([
    ["an unknown field", bytes(0x85, 1)],
    ["the highest field index", bytes(0xbf, 1)],
    ["a field twice", bytes(MOVE_X, 1, MOVE_X, 1)],
    ["a field twice, with another in between", bytes(BUTTONS, 1, MOVE_Y, 1, BUTTONS, 2)],
    ["a change of the structure", bytes(0xff, 0)],
    ["another structure after a field", bytes(MOVE_X, 1, 0xff, 7)],
    ["a field deleted", bytes(0x40)],
    ["a field deleted and added", bytes(0xc0, 1)],
    ["a field replaced", bytes(0x00, 1)],
    ["a field without its value", bytes(MOVE_X)],
    ["an aim of one byte", bytes(AIM, 1)],
    ["an extra byte", bytes(MOVE_X, 1, 1)],
  ])("[GUARD-6] a command with %s", (_what, body) => {
    const guard = new PatientGuard();
    expect(guard.judge(bytes(INPUT, body))).toMatchObject({ code: CLOSE.badFrame });
    expect(guard.judge(bytes(STAMPED, 0, body))).toMatchObject({ code: CLOSE.badFrame });
  });

  test("[GUARD-7] a command that is cut within a field or repeats one, seed 7", () => {
    fc.assert(
      fc.property(commandFrame, fc.nat(), fc.nat({ max: 255 }), (frame, at, extra) => {
        const guard = new PatientGuard();
        const stampBytes = (frame[0] ?? 0) === STAMPED ? stampLength(frame) : 0;
        const fieldStarts = startsOfFields(frame, 1 + stampBytes);
        const cut = at % frame.length;
        const isWhole = cut >= 1 + stampBytes && (fieldStarts.includes(cut) || cut === frame.length);
        expect(guard.judge(frame.subarray(0, cut)) === undefined).toBe(isWhole);
        // Any additional byte is a field without a value.
        expect(guard.judge(bytes(frame, extra))).toMatchObject({ code: CLOSE.badFrame });
        for (const start of fieldStarts) {
          const field = frame.subarray(start, fieldStarts.find((next) => next > start) ?? frame.length);
          expect(guard.judge(bytes(frame, field))).toMatchObject({ code: CLOSE.badFrame });
        }
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  test.each<[what: string, stamp: Uint8Array]>([
    ["missing", bytes()],
    ["NaN", schemaFloat(Number.NaN)],
    ["infinity", schemaFloat(Number.POSITIVE_INFINITY)],
    ["a float", schemaFloat(1.5)],
    ["a 64-bit integer", bytes(0xcf, Buffer.alloc(8, 0xff))],
    ["a signed 64-bit integer", bytes(0xd3, Buffer.alloc(8, 0xff))],
    ["truncated", bytes(0xce, 1, 2)],
    ["a string", string("now")],
    ["nil", bytes(0xc0)],
  ])("[GUARD-8] a stamp that is %s", (_what, stamp) => {
    expect(new PatientGuard().judge(bytes(STAMPED, stamp))).toMatchObject({ code: CLOSE.badFrame });
  });

  test.each<[what: string, value: Uint8Array]>([
    ["NaN", float64(Number.NaN)],
    ["a 32-bit NaN", float32(Number.NaN)],
    ["infinity", float64(Number.POSITIVE_INFINITY)],
    ["a 32-bit negative infinity", float32(Number.NEGATIVE_INFINITY)],
    ["NaN in an array", bytes(0x92, 1, float64(Number.NaN))],
    ["NaN in a map", bytes(0x81, string("x"), float64(Number.NaN))],
    ["NaN in an object", record(0x40, ["x"], float64(Number.NaN))],
    ["a BigInt", bytes(0xcf, Buffer.alloc(8))],
    ["a signed BigInt", bytes(0xd3, Buffer.alloc(8))],
    ["bytes", bytes(0xc4, 1, 0)],
    ["a string of 4 GB", bytes(0xdb, 0xff, 0xff, 0xff, 0xff)],
    ["an array of 65,535", bytes(0xdc, 0xff, 0xff)],
    ["an array of 4 billion", bytes(0xdd, 0xff, 0xff, 0xff, 0xff)],
    ["a map of 4 billion", bytes(0xdf, 0xff, 0xff, 0xff, 0xff)],
    ["an array that is shorter than its count", bytes(0x92, 1)],
    ["a map without its last value", bytes(0x81, string("x"))],
    ["a map with a number as a key", bytes(0x81, 1, 1)],
    ["a map with an array as a key", bytes(0x81, 0x90, 1)],
    ["a date", bytes(0xd6, 0xff, 0, 0, 0, 0)],
    ["an error", bytes(0xd4, 0x65, 0x40)],
    ["a reference to its own container", bytes(0xd6, 0x70, 0, 0, 0, 0)],
    ["an unknown extension", bytes(0xd4, 0x11, 0)],
    ["the reserved prefix c1", bytes(0xc1)],
    ["an array nested five deep", bytes(0x91, 0x91, 0x91, 0x91, 0x91, 1)],
    ["objects nested five deep", bytes(...[1, 2, 3, 4, 5].map((n) => record(0x40 + n, ["x"])), 1)],
    ["a record without an id", bytes(0xd4, 0x72)],
    ["a record without field names", bytes(0xd4, 0x72, 0x40)],
    ["a record with a number in place of its names", bytes(0xd4, 0x72, 0x40, 1, 1)],
    ["a record with an array as a name", bytes(0xd4, 0x72, 0x40, 0x91, 0x90, 1)],
    ["a record with an illegal id", record(0x01, ["x"], 1)],
    ["a record without its last value", record(0x40, ["x", "y"], 1)],
    ["a second record without its last value", bytes(0x92, record(0x40, ["x", "y"], 1, 1), 0x40, 1)],
    ["two values", bytes(1, 1)],
  ])("[GUARD-9] a message that is %s", (_what, value) => {
    const guard = new PatientGuard();
    expect(guard.judge(chat(value))).toMatchObject({ code: CLOSE.badFrame });
    expect(guard.judge(request(value))).toMatchObject({ code: CLOSE.badFrame });
  });
});

const stampLength = (frame: Buffer) => {
  const it = { offset: 1 };
  decode.number(frame, it);
  return it.offset - 1;
};

function startsOfFields(frame: Buffer, from: number): number[] {
  const starts: number[] = [];
  for (let at = from; at < frame.length; at += frame[at] === AIM ? 3 : 2) starts.push(at);
  return starts;
}

/** Decodes a frame with Colyseus' decoders, and throws where they would. */
function decodeAsColyseus(frame: Buffer): unknown[] {
  const code = (frame[0] ?? 0) & 0x1f;
  const it = { offset: 1 };
  if (code === INPUT) {
    const input = new CommandInput();
    const stamp = frame[0] === STAMPED ? decode.number(frame, it) : 0;
    new InputDecoder(input).decode(frame.subarray(it.offset));
    const { moveX = 0, moveY = 0, aim = 0, buttons = 0 } = input;
    return [stamp, moveX, moveY, aim, buttons];
  }
  if (code !== Protocol.ROOM_DATA && code !== Protocol.ROOM_REQUEST) return [];
  const id = code === Protocol.ROOM_REQUEST ? decode.number(frame, it) : 0;
  if (!decode.stringCheck(frame, it)) throw new Error("Colyseus takes the name for a number");
  const name = decode.string(frame, it);
  return [id, name, it.offset < frame.length ? unpack(frame.subarray(it.offset)) : undefined];
}

/** Whether JSON could represent the value, or it is undefined. */
function isPlain(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return typeof value !== "bigint";
  if (Array.isArray(value)) return value.every(isPlain);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

const packr = new Packr();
const honestFrame = fc.oneof(
  commandFrame,
  payload.map((value) => chat(packr.pack(value))).filter(fits),
  payload.map((value) => request(packr.pack(value))).filter(fits),
);
const edit = fc.record({
  at: fc.nat(),
  remove: fc.nat({ max: 3 }),
  insert: fc.uint8Array({ maxLength: 4 }),
});
const editedFrame = fc
  .tuple(honestFrame, fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([frame, edits]) =>
    edits.reduce((edited, { at, remove, insert }) => {
      const start = at % (edited.length + 1);
      return bytes(edited.subarray(0, start), insert, edited.subarray(start + remove));
    }, frame),
  );
/** Prefixes of MessagePack and of the schema encoding, mixed with small numbers. */
const wireByte = fc.oneof(
  fc.constantFrom(
    0xc0,
    0xc2,
    0xc3,
    0xca,
    0xcb,
    0xcc,
    0xcd,
    0xd0,
    0xd1,
    0xd4,
    0x72,
    0x40,
    0x41,
    0x91,
    0x92,
    0x81,
  ),
  fc.constantFrom(0xa0, 0xa1, 0xd9, 0xda, 0x80, 0x81, 0x82, 0x83, 0x7f, 0xe0, 0xff),
  fc.nat({ max: 4 }),
  fc.nat({ max: 255 }),
);
const head = fc.oneof(
  fc.constantFrom(bytes(INPUT), bytes(STAMPED), chat(), request(), bytes(Protocol.ROOM_DATA)),
  fc.nat({ max: 255 }).map((code) => bytes(code)),
);
const randomFrame = fc
  .tuple(head, fc.array(wireByte, { maxLength: 24 }))
  .map(([head, body]) => bytes(head, Uint8Array.from(body)));
const longFrame = fc
  .tuple(head, fc.uint8Array({ minLength: 1000, maxLength: FRAME_MAX_BYTES - 10 }))
  .map(([head, body]) => bytes(head, body));

describe("frames that pass are harmless", () => {
  const consoleSpies = [vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
  beforeAll(() => {
    for (const spy of consoleSpies) spy.mockReset();
  });
  afterAll(() => {
    for (const spy of consoleSpies) spy.mockRestore();
  });

  test.each([
    ["made of known prefixes", randomFrame, 60_000, 3000],
    ["an honest frame with random edits", editedFrame, 20_000, 1000],
    ["up to 4 KB of random bytes", longFrame, 2000, 0],
  ])(
    "[GUARD-10] %s: refused with a legal close reason, or decoded by Colyseus to plain, finite values, seed 7",
    (_what, frames, numRuns, passAtLeast) => {
      const guard = new PatientGuard();
      let passed = 0;
      fc.assert(
        fc.property(frames, (frame) => {
          const fault = guard.judge(frame);
          if (fault) {
            expect([CLOSE.badFrame, CLOSE.tooFast]).toContain(fault.code);
            expect(Buffer.byteLength(fault.reason)).toBeLessThanOrEqual(REASON_MAX_BYTES);
            return;
          }
          passed++;
          expect(decodeAsColyseus(frame).every(isPlain)).toBe(true);
        }),
        { seed: 7, numRuns },
      );
      expect(passed).toBeGreaterThanOrEqual(passAtLeast);
      for (const spy of consoleSpies) expect(spy).not.toHaveBeenCalled();
    },
  );

  test("[GUARD-11] judges any frame of 4 KB in less than 50 ms", () => {
    const guard = new PatientGuard();
    const fill = (head: Buffer, ...pattern: number[]) =>
      bytes(head, Buffer.alloc(FRAME_MAX_BYTES - head.length, Buffer.from(pattern)));
    const heads = [chat(), request(), bytes(INPUT), bytes(STAMPED, 0), bytes(Protocol.ROOM_DATA)];
    const patterns = [
      ...Array.from({ length: 256 }, (_, byte) => [byte]),
      [0x9f, 0x9f, 0x9f, 0x9f, ...Array.from({ length: 15 }, () => 1)],
      [0x8f, ...Array.from({ length: 15 }, () => [0xa0, 1]).flat()],
      [0xd4, 0x72, 0x40, 0x91, 0xa1, 0x78],
      [
        0xd4,
        0x72,
        0x40,
        0x9f,
        ...Array.from({ length: 15 }, () => 0xa0),
        ...Array.from({ length: 15 }, () => 1),
      ],
    ];
    const slowest = Math.max(
      ...heads.flatMap((head) =>
        patterns.map((pattern) => {
          const frame = fill(head, ...pattern);
          // The best of three: a slow frame is slow every time, a busy machine is not.
          return Math.min(...[1, 2, 3].map(() => timed(() => guard.judge(frame))));
        }),
      ),
    );
    expect(slowest).toBeLessThan(50);
  });
});

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
