/** The order in which connections end for newcomers. */
import { EventEmitter } from "node:events";
import type { Server } from "node:http";
import { expect, test, vi } from "vitest";
import { endIdleUnderPressure, FIRST_REQUEST_WITHIN_MS } from "./crowding.ts";

class FakeSocket extends EventEmitter {
  destroyed = false;
  destroy(): void {
    this.destroyed = true;
    this.emit("close");
  }
}

const server = (openMax: number) => {
  const listening = new EventEmitter();
  endIdleUnderPressure(listening as Server, openMax);
  return {
    connect() {
      const socket = new FakeSocket();
      listening.emit("connection", socket);
      return socket;
    },
    request(socket: FakeSocket) {
      const response = new EventEmitter();
      listening.emit("request", { socket }, response);
      return () => response.emit("close");
    },
    upgrade: (socket: FakeSocket) => listening.emit("upgrade", {}, socket),
  };
};

test("[EDGE-SLOW-9] ends long silent connections first, then idle ones, newcomers and requests, each the oldest first", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { connect, request } = server(6);
  const [busy, idle, answered, silent] = Array.from({ length: 4 }, connect) as [FakeSocket, ...FakeSocket[]];
  request(busy);
  for (const socket of [idle, answered]) if (socket) request(socket)();
  vi.advanceTimersByTime(FIRST_REQUEST_WITHIN_MS + 1);
  const [newcomer, next] = [connect(), connect()];
  const inOrder = [silent, idle, answered, newcomer, next];
  for (let ended = 1; ended <= inOrder.length; ended++) {
    request(connect());
    const destroyed = inOrder.map((socket) => socket?.destroyed);
    expect(destroyed).toEqual(inOrder.map((_, at) => at < ended));
  }
  expect(busy.destroyed).toBe(false);
  connect();
  expect(busy.destroyed).toBe(true);
  vi.useRealTimers();
});

test("[EDGE-SLOW-10] never ends a WebSocket, and forgets what has closed by itself", () => {
  const { connect, upgrade } = server(2);
  const players = Array.from({ length: 10 }, () => {
    const socket = connect();
    upgrade(socket);
    return socket;
  });
  const gone = connect();
  gone.destroy();
  const newcomers = Array.from({ length: 5 }, connect);
  expect(players.filter(({ destroyed }) => destroyed)).toEqual([]);
  expect(newcomers.map(({ destroyed }) => destroyed)).toEqual([true, true, true, false, false]);
});
