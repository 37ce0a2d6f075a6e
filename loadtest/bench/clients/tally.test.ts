/** The latency of commands, as a light client finds it in patches. */
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { Tally } from "./tally.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  // A command that was sent at 0 counts as never sent.
  vi.advanceTimersByTime(1000);
});
afterEach(() => void vi.useRealTimers());

/** A client whose patches consist of the number of the command that they show; 255 shows none. */
function watched() {
  const socket = new EventEmitter();
  const commandIn = ([shown = 0]: Buffer) => (shown === 255 ? undefined : shown);
  const line = { socket: socket as WebSocket, pack: () => "", isPatch: () => true, commandIn };
  const tally = new Tally(line, true);
  return { tally, patch: (shown: number) => void socket.emit("message", Buffer.from([shown])) };
}

test("[BENCH-TALLY-1] a patch shows the command that it names and all before it, each with its own latency", () => {
  const { tally, patch } = watched();
  for (const command of [1, 2, 3]) {
    tally.noteSent(command, performance.now());
    vi.advanceTimersByTime(10);
  }
  patch(2);
  vi.advanceTimersByTime(50);
  patch(3);
  expect(tally.seen.latenciesMs).toEqual([30, 20, 60].map((ms) => expect.closeTo(ms, 3)));
  expect(tally.seen.intervalsMs).toEqual([expect.closeTo(50, 3)]);
});

test("[BENCH-TALLY-2] commands of a destroyed drone, which no patch shows, have no latency", () => {
  const { tally, patch } = watched();
  const send = (command: number) => tally.noteSent(command, performance.now());
  send(1);
  vi.advanceTimersByTime(10);
  patch(1);
  for (let command = 2; command <= 90; command++) send(command);
  patch(255);
  vi.advanceTimersByTime(3000);
  patch(90);
  send(91);
  vi.advanceTimersByTime(40);
  patch(91);
  expect(tally.seen.latenciesMs).toEqual([expect.closeTo(10, 3), expect.closeTo(40, 3)]);
  expect(tally.seen.patches).toBe(4);
});
