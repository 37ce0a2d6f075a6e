import { Protocol } from "@colyseus/sdk";
import { describe, expect, test } from "vitest";
import { createTraffic, type WiredRoom } from "./traffic.ts";

const TIMED = 0x80;

/** A room whose clock, frames and sockets the test controls. `send` is on the prototype, as in the SDK. */
function wiredRoom() {
  const passed = { up: 0, down: 0 };
  class FakeConnection {
    events: WiredRoom["connection"]["events"] = { onmessage: () => passed.down++ };
    socket = { send: (_data: Uint8Array) => passed.up++ };
    send(data: Uint8Array) {
      this.socket.send(data);
    }
    sendUnreliable(data: Uint8Array) {
      this.socket.send(data);
    }
  }
  const connection = new FakeConnection();
  const clock = { ms: 5_000 };
  const frame = (code: number, bytes: number) => Uint8Array.of(code, ...new Array(bytes - 1).fill(0)).buffer;
  return {
    room: { connection },
    connection,
    passed,
    clock,
    now: () => clock.ms,
    receive: (code: number, bytes: number) => connection.events.onmessage?.({ data: frame(code, bytes) }),
    patch: (bytes: number) =>
      connection.events.onmessage?.({ data: frame(Protocol.ROOM_STATE_PATCH | TIMED, bytes) }),
  };
}

describe("traffic", () => {
  test("[TRAFFIC-1] counts every frame in both directions and passes it on", () => {
    const { room, connection, passed, now, receive, patch } = wiredRoom();
    const traffic = createTraffic(room, now);
    patch(40);
    receive(Protocol.ROOM_DATA, 7);
    connection.send(new Uint8Array(9));
    connection.sendUnreliable(new Uint8Array(3));
    expect(traffic.totals).toEqual({ downBytes: 47, downMessages: 2, upBytes: 12, upMessages: 2 });
    expect(passed).toEqual({ up: 2, down: 2 });
  });

  test("[TRAFFIC-2] reports the bytes of the last second only", () => {
    const { room, connection, clock, now, patch } = wiredRoom();
    const traffic = createTraffic(room, now);
    for (let i = 0; i < 60; i++) {
      patch(100);
      connection.send(new Uint8Array(10));
      clock.ms += 50;
    }
    expect(traffic.sample()).toMatchObject({ downBytesPerSec: 2000, upBytesPerSec: 200 });
    clock.ms += 1200;
    expect(traffic.sample()).toMatchObject({ downBytesPerSec: 0, upBytesPerSec: 0 });
  });

  test("[TRAFFIC-3] reports the longest gap and largest size of patches alone since the last sample", () => {
    const { room, clock, now, receive, patch } = wiredRoom();
    const traffic = createTraffic(room, now);
    expect(traffic.sample()).toMatchObject({ patchIntervalMs: 0, patchBytes: 0 });
    for (const [waitMs, bytes] of [
      [0, 10],
      [50, 300],
      [80, 20],
      [30, 25],
    ] as const) {
      clock.ms += waitMs;
      patch(bytes);
      receive(Protocol.ROOM_DATA, 500);
    }
    expect(traffic.sample()).toMatchObject({ patchIntervalMs: 80, patchBytes: 300 });
    clock.ms += 10;
    expect(traffic.sample()).toMatchObject({ patchIntervalMs: 30, patchBytes: 25 });
    clock.ms += 400;
    expect(traffic.sample()).toMatchObject({ patchIntervalMs: 410, patchBytes: 25 });
  });

  test("[TRAFFIC-4] continues over a reconnect, which opens a new socket under the same connection", () => {
    const { room, connection, now, patch } = wiredRoom();
    const traffic = createTraffic(room, now);
    patch(40);
    let onNewSocket = 0;
    connection.socket = { send: () => ++onNewSocket };
    patch(60);
    connection.send(new Uint8Array(5));
    expect(traffic.totals).toMatchObject({ downBytes: 100, upBytes: 5 });
    expect(onNewSocket).toBe(1);
  });

  test("[TRAFFIC-5] unhooks itself, or stops counting when another counter hooked in later", () => {
    const { room, connection, passed, now, patch } = wiredRoom();
    const { send, events } = connection;
    const { onmessage } = events;
    createTraffic(room, now).dispose();
    expect([connection.send, events.onmessage]).toEqual([send, onmessage]);

    const first = createTraffic(room, now);
    const second = createTraffic(room, now);
    first.dispose();
    patch(40);
    expect([first.totals.downBytes, second.totals.downBytes, passed.down]).toEqual([0, 40, 1]);
    second.dispose();
    patch(40);
    expect([second.totals.downBytes, passed.down]).toEqual([40, 2]);
  });
});
