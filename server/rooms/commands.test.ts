import { expect, test } from "vitest";
import { SILENCE_TICKS } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";
import { command } from "#shared/testing/builders.ts";
import { CommandMeter } from "./commands.ts";

const queueOf = (...waiting: Command[]) => ({
  get size() {
    return waiting.length;
  },
  push: (more: Command) => waiting.push(more),
  take: (count: number) => waiting.splice(0, count),
});

test("[METER-1] a steady client has one command taken a tick", () => {
  const meter = new CommandMeter();
  const queue = queueOf();
  for (let tick = 0; tick < 30; tick++) {
    queue.push(command());
    expect(meter.take(queue, 0)).toHaveLength(1);
  }
});

test("[METER-2] a backlog drains at two a tick, in order, until two wait", () => {
  const meter = new CommandMeter();
  const queue = queueOf(...[1, 2, 3, 4, 5].map((moveX) => command({ moveX })));
  const taken = [1, 2, 3, 4].map(() => meter.take(queue, 0).map(({ moveX }) => moveX));
  expect(taken).toEqual([[1, 2], [3, 4], [5], []]);
});

test("[METER-3] a gap leaves the drone alone; a silence of 250 ms makes it neutral, its aim kept; then it is itself again", () => {
  const meter = new CommandMeter();
  const queue = queueOf();
  for (let tick = 0; tick < SILENCE_TICKS; tick++) expect(meter.take(queue, 1.5)).toEqual([]);
  expect(meter.take(queue, 1.5)).toEqual([command({ aim: 1.5 })]);
  queue.push(command({ moveX: 7 }));
  expect(meter.take(queue, 1.5)).toEqual([command({ moveX: 7 })]);
  expect(meter.take(queue, 1.5)).toEqual([]);
});
