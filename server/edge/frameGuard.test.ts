/** Frames that the guard passes, checked with frames that the SDK writes: kinds, order and rates. */
import { CloseCode, Protocol } from "@colyseus/core";
import { InputEncoder } from "@colyseus/schema/input";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bytes,
  chat,
  commandDelta,
  fits,
  INPUT,
  JOIN,
  number,
  PatientGuard,
  payload,
  RATES,
  REASON_MAX_BYTES,
  request,
  STAMPED,
  sdkRoom,
  stamp,
  string,
} from "#server/testing/wireFrames.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { MessageRate } from "#shared/protocol/messages.ts";
import { CommandInput } from "#shared/schema/input.ts";
import { FRAME_RATE, FrameGuard } from "./frameGuard.ts";

describe("frames of the SDK pass", () => {
  test("[GUARD-1] every command that its encoder writes: any delta, empty ones, with and without a stamp, seed 7", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(commandDelta, fc.option(stamp)), { maxLength: 20 }), (sends) => {
        const guard = new PatientGuard();
        const input = new CommandInput();
        const encoder = new InputEncoder(input);
        for (const [delta, stamp] of sends) {
          Object.assign(input, delta);
          const head = stamp === null ? bytes(INPUT) : bytes(STAMPED, number(stamp));
          expect(guard.judge(bytes(head, encoder.encode()))).toBeUndefined();
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("[GUARD-2] its acknowledgement, commands, pings, messages, requests and leave", () => {
    const { room, sent } = sdkRoom();
    const input = room.input({ type: CommandInput });
    input.send();
    Object.assign(input.data, { moveX: -127, aim: 3, buttons: 5 });
    input.send();
    room.ping(() => {});
    room.send("chat");
    room.send("chat", "hello");
    room.send("host", {
      kick: "a".repeat(9),
      reason: undefined,
      until: 2 ** 40,
      places: [{ x: 64 }, { x: 2 }],
    });
    for (let i = 0; i < 300; i++) void room.request("host", { start: true }).catch(() => {});
    void room.leave();
    expect(sent).toHaveLength(307);
    const guard = new PatientGuard();
    for (const frame of sent) expect([frame, guard.judge(frame)]).toEqual([frame, undefined]);
  });

  test("[GUARD-3] messages and requests with any payload of short arrays, objects, numbers, strings and booleans, seed 7", () => {
    const guard = new PatientGuard();
    let judged = 0;
    fc.assert(
      fc.property(payload, (value) => {
        const { room, sent } = sdkRoom();
        room.send("chat", value);
        room.request("host", value).catch(() => {});
        for (const frame of sent.filter(fits)) {
          judged++;
          expect(guard.judge(frame)).toBeUndefined();
        }
      }),
      { seed: 7, numRuns: 2000 },
    );
    expect(judged).toBeGreaterThan(3000);
  });
});

describe("order", () => {
  test("[GUARD-12] what a client sends before it acknowledges its join is judged, and does not reach the room; a leave ends the connection", () => {
    const guard = new FrameGuard({ messages: RATES }, 0);
    const [ping, leave] = [bytes(Protocol.PING), bytes(Protocol.LEAVE_ROOM)];
    const passesOn = (...frames: Buffer[]) =>
      frames.map((frame) => [guard.judge(frame, true, 0), guard.passesOn(frame)]);
    // On reconnection the SDK sends what the page wants to send as soon as the socket is open.
    expect(passesOn(bytes(INPUT), ping, chat(), request())).toEqual([
      [undefined, false],
      [undefined, false],
      [undefined, false],
      [undefined, false],
    ]);
    expect(guard.judge(leave, true, 0)).toMatchObject({ code: CloseCode.CONSENTED });
    for (const frame of [bytes(INPUT, 7), bytes(Protocol.PING, 7), bytes(Protocol.ROOM_DATA)])
      expect(guard.judge(frame, true, 0)).toMatchObject({ code: CLOSE.badFrame });
    expect(guard.hasJoined).toBe(false);
    expect(passesOn(JOIN)).toEqual([[undefined, true]]);
    expect(guard.hasJoined).toBe(true);
    expect(passesOn(ping, chat(), leave, bytes(INPUT))).toEqual([
      [undefined, true],
      [undefined, true],
      [undefined, true],
      [undefined, false],
    ]);
    expect(guard.judge(JOIN, true, 0)).toMatchObject({ code: CLOSE.badFrame });
  });
});

describe("rates", () => {
  const PING = bytes(Protocol.PING);
  const tooFast = { code: CLOSE.tooFast };
  const joined = (rates: Readonly<Record<string, MessageRate>>) => {
    const guard = new FrameGuard({ messages: rates }, 0);
    guard.judge(JOIN, true, 0);
    return guard;
  };

  test("[GUARD-13] passes a burst of frames and no more, then the frames that the rate has added", () => {
    const guard = joined(RATES);
    for (let i = 1; i < FRAME_RATE.burst; i++) expect(guard.judge(PING, true, 0)).toBeUndefined();
    expect(guard.judge(PING, true, 0)).toMatchObject(tooFast);
    for (let i = 0; i < FRAME_RATE.perSec; i++) expect(guard.judge(PING, true, 1000)).toBeUndefined();
    expect(guard.judge(PING, true, 1000)).toMatchObject(tooFast);
  });

  test("[GUARD-14] counts frames of every kind, including bad ones and those before the join", () => {
    const guard = new FrameGuard({ messages: RATES }, 0);
    const frames = [bytes(INPUT), PING, bytes(0xff), bytes(), chat()];
    for (let i = 0; i < FRAME_RATE.burst; i++) guard.judge(frames[i % frames.length] ?? PING, true, 0);
    for (const frame of frames) expect(guard.judge(frame, true, 0)).toMatchObject(tooFast);
    expect(guard.judge(PING, false, 0)).toMatchObject(tooFast);
  });

  test("[GUARD-15] each message has its own rate, shared by message and request, and its name is in the refusal", () => {
    const guard = joined({ chat: { burst: 3, perSec: 1 }, host: { burst: 1, perSec: 1 } });
    for (const frame of [chat(), request(), chat()]) expect(guard.judge(frame, true, 0)).toBeUndefined();
    for (const frame of [chat(), request()]) {
      expect(guard.judge(frame, true, 0)).toEqual({ code: CLOSE.tooFast, reason: "too many chat messages" });
    }
    expect(guard.judge(bytes(Protocol.ROOM_DATA, string("host")), true, 0)).toBeUndefined();
    expect(guard.judge(chat(), true, 1000)).toBeUndefined();
    expect(guard.judge(chat(), true, 1000)).toMatchObject(tooFast);
  });

  test("[GUARD-16] passes 30 commands a second for a minute, even if stalls deliver two seconds at once", () => {
    const guard = joined(RATES);
    for (let tick = 0; tick < 30 * 60; tick++) {
      const nowMs = tick * (1000 / 30);
      // A stall of 60 ticks: its commands arrive together when it ends.
      const arriving = tick % 300 < 60 ? 0 : tick % 300 === 60 ? 61 : 1;
      for (let i = 0; i < arriving; i++) expect(guard.judge(bytes(INPUT), true, nowMs)).toBeUndefined();
    }
  });

  test("[GUARD-17] the reason fits into a close frame even for a message with the longest name", () => {
    const name = "x".repeat(31);
    const guard = joined({ [name]: { burst: 0, perSec: 0 } });
    const fault = guard.judge(bytes(Protocol.ROOM_DATA, string(name)), true, 0);
    expect(fault).toMatchObject(tooFast);
    expect(Buffer.byteLength(fault?.reason ?? "")).toBeLessThanOrEqual(REASON_MAX_BYTES);
  });
});
