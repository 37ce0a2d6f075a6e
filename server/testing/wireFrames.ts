/** Builders and generators of valid and invalid frames, for tests of the frame guard. */
import { Protocol, ProtocolModifier } from "@colyseus/core";
import { encode } from "@colyseus/schema";
import { InputEncoder } from "@colyseus/schema/input";
import { Room } from "@colyseus/sdk";
import fc from "fast-check";
import { type Fault, FrameGuard } from "#server/edge/frameGuard.ts";
import type { MessageRate } from "#shared/protocol/messages.ts";
import { CommandInput } from "#shared/schema/input.ts";

const OFTEN: MessageRate = { burst: 1e6, perSec: 1e6 };
export const RATES = { chat: OFTEN, host: OFTEN };
export const INPUT = Protocol.ROOM_INPUT_RELIABLE;
export const STAMPED = INPUT | ProtocolModifier.TIMED;
export const FRAME_MAX_BYTES = 4096;
export const REASON_MAX_BYTES = 123;

/** A guard for a joined client that waits a second between two frames, so that no rate applies. */
export class PatientGuard {
  readonly #guard: FrameGuard;
  #nowMs = 0;

  constructor(rates: Readonly<Record<string, MessageRate>> = RATES) {
    this.#guard = new FrameGuard({ messages: rates }, 0);
    this.judge(JOIN);
  }

  judge(frame: Uint8Array, isBinary = true): Fault | undefined {
    this.#nowMs += 1000;
    return this.#guard.judge(Buffer.from(frame), isBinary, this.#nowMs);
  }
}

export const JOIN = Buffer.of(Protocol.JOIN_ROOM);
export const bytes = (...parts: (number | Uint8Array)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.of(part) : part)));
export const string = (text: string) => {
  const it = { offset: 0 };
  const buffer = Buffer.alloc(text.length + 3);
  encode.string(buffer, text, it);
  return buffer.subarray(0, it.offset);
};
export const number = (value: number) => {
  const it = { offset: 0 };
  const buffer = Buffer.alloc(9);
  encode.number(buffer, value, it);
  return buffer.subarray(0, it.offset);
};
export const chat = (...payload: (number | Uint8Array)[]) =>
  bytes(Protocol.ROOM_DATA, string("chat"), ...payload);
export const request = (...payload: (number | Uint8Array)[]) =>
  bytes(Protocol.ROOM_REQUEST, 7, string("chat"), ...payload);

/** An SDK room without a network, which collects its frames in `sent`. */
export function sdkRoom(): { room: Room; sent: Buffer[] } {
  const sent: Buffer[] = [];
  const room = new Room("arena");
  const send = (frame: Uint8Array) => void sent.push(Buffer.from(frame));
  Object.assign(room, { connection: { isOpen: true, send } });
  return { room, sent };
}

export const commandDelta = fc.record(
  {
    moveX: fc.integer({ min: -128, max: 127 }),
    moveY: fc.integer({ min: -128, max: 127 }),
    aim: fc.double({ min: -100, max: 100, noNaN: true }),
    buttons: fc.integer({ min: 0, max: 255 }),
  },
  { requiredKeys: [] },
);
/** The signed difference to the previous stamp, in ms of the server's clock; the first one starts from 0. */
export const stamp = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
export const commandFrame = fc.tuple(fc.option(stamp), commandDelta).map(([stamp, delta]) => {
  const input = new CommandInput();
  const encoder = new InputEncoder(input);
  Object.assign(input, delta);
  return stamp === null ? bytes(INPUT, encoder.encode()) : bytes(STAMPED, number(stamp), encoder.encode());
});

const scalar = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(true, false, null, undefined),
);
const key = fc.string({ maxLength: 12 });
/** Payloads of messages: containers of up to fifteen entries, `levels` deep. */
const nested = (levels: number): fc.Arbitrary<unknown> => {
  if (levels === 0) return scalar;
  const part = nested(levels - 1);
  return fc.oneof(
    scalar,
    fc.array(part, { maxLength: 15 }),
    fc.dictionary(key, part, { maxKeys: 15, noNullPrototype: true }),
    // Objects of one shape: the packer writes their field names once.
    ...(levels > 1
      ? [fc.array(fc.record({ x: nested(levels - 2), y: fc.integer() }), { maxLength: 15 })]
      : []),
  );
};
export const payload = nested(4);
export const fits = (frame: Uint8Array) => frame.length <= FRAME_MAX_BYTES;

/** An object as the packer writes it: 0xd4 0x72, a record id, the field names, the values. */
export const record = (id: number, names: string[], ...values: (number | Uint8Array)[]) =>
  bytes(0xd4, 0x72, id, 0x90 | names.length, ...names.map(string), ...values);
export const float64 = (value: number) => {
  const buffer = Buffer.alloc(9, 0xcb);
  buffer.writeDoubleBE(value, 1);
  return buffer;
};
export const float32 = (value: number) => {
  const buffer = Buffer.alloc(5, 0xca);
  buffer.writeFloatBE(value, 1);
  return buffer;
};
export const schemaFloat = (value: number) => {
  const buffer = Buffer.alloc(9, 0xcb);
  buffer.writeDoubleLE(value, 1);
  return buffer;
};
