import { expect, test } from "vitest";
import { COMMAND_ARREARS_MAX, COMMAND_BACKLOG_STEADY, SILENCE_TICKS } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";
import { command } from "#shared/testing/builders.ts";
import { CommandMeter } from "./commandMeter.ts";

const queueOf = (...waiting: Command[]) => ({
  get size() {
    return waiting.length;
  },
  push: (...more: Command[]) => waiting.push(...more),
  next: () => waiting.shift(),
});

test("[METER-1] a steady client's queue yields one command per tick", () => {
  const meter = new CommandMeter();
  const queue = queueOf();
  for (let tick = 0; tick < 30; tick++) {
    queue.push(command());
    expect(meter.take(queue, 0)).toHaveLength(1);
  }
});

test("[METER-2] after a gap of n ticks, n ticks yield two commands each, in order", () => {
  const meter = new CommandMeter();
  const queue = queueOf();
  for (let tick = 0; tick < 3; tick++) meter.take(queue, 0);
  queue.push(...[1, 2, 3, 4, 5, 6, 7, 8].map((moveX) => command({ moveX })));
  const taken = [1, 2, 3, 4, 5].map(() => meter.take(queue, 0).map(({ moveX }) => moveX));
  expect(taken).toEqual([[1, 2], [3, 4], [5, 6], [7], [8]]);
});

test("[METER-3] a gap yields no command; after 250 ms of silence neutral commands keep the aim, until the next real command", () => {
  const meter = new CommandMeter();
  const queue = queueOf();
  for (let tick = 0; tick < SILENCE_TICKS; tick++) expect(meter.take(queue, 1.5)).toEqual([]);
  expect(meter.take(queue, 1.5)).toEqual([command({ aim: 1.5 })]);
  queue.push(command({ moveX: 7 }));
  expect(meter.take(queue, 1.5)).toEqual([command({ moveX: 7 })]);
  expect(meter.take(queue, 1.5)).toEqual([]);
});

test("[METER-4] a flood of ten commands per tick passes at most 1.02 per tick", () => {
  const meter = new CommandMeter();
  let passed = 0;
  const ticks = 3000;
  for (let tick = 0; tick < ticks; tick++) {
    passed += meter.take(queueOf(...Array.from({ length: 10 }, () => command())), 0).length;
  }
  expect(passed / ticks).toBeLessThanOrEqual(1.02);
});

test("[METER-5] withholding commands for a second and releasing them at once makes up for COMMAND_ARREARS_MAX ticks only", () => {
  const meter = new CommandMeter();
  const queue = queueOf();
  for (let tick = 0; tick < 30; tick++) meter.take(queue, 0);
  queue.push(...Array.from({ length: 30 }, () => command({ moveX: 127 })));
  let extra = 0;
  for (let tick = 0; tick < 15; tick++) extra += meter.take(queue, 0).length - 1;
  expect(extra).toBe(COMMAND_ARREARS_MAX);
});

test("[METER-7] a gap can be made up for within one second only", () => {
  const meter = new CommandMeter();
  const queue = queueOf();
  for (let tick = 0; tick < 8; tick++) meter.take(queue, 0);
  for (let tick = 0; tick < 31; tick++) {
    queue.push(command());
    meter.take(queue, 0);
  }
  queue.push(command(), command());
  expect(meter.take(queue, 0)).toHaveLength(1);
});

test("[METER-6] a backlog without a gap drains by one command in three seconds", () => {
  const meter = new CommandMeter();
  const queue = queueOf(...Array.from({ length: 5 }, () => command()));
  for (let tick = 0; tick < 600; tick++) {
    meter.take(queue, 0);
    queue.push(command());
  }
  expect(queue.size).toBe(COMMAND_BACKLOG_STEADY + 1);
});

test("[METER-8] a thousand ticks with none, one and two commands return three arrays in turn, and allocate none", () => {
  const meter = new CommandMeter();
  const queue = queueOf();
  const returned = new Set<readonly Command[]>();
  const lengths = new Set<number>();
  for (let tick = 0; tick < 1000; tick++) {
    if (tick % 20 > 0) queue.push(command());
    if (tick % 20 === 1) queue.push(command());
    const taken = meter.take(queue, 0);
    returned.add(taken);
    lengths.add(taken.length);
  }
  expect([...lengths].sort()).toEqual([0, 1, 2]);
  expect(returned.size).toBe(3);
});
