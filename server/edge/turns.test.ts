/** Tasks run in the order in which they came, eight in a turn of the event loop. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createTurns, TASKS_PER_TURN } from "./turns.ts";

test("[EDGE-GATE-1] of 100 requests that arrive together eight are answered between two turns of the event loop", async () => {
  const takeTurn = createTurns();
  const ran: number[] = [];
  for (let at = 0; at < 100; at++) takeTurn(() => ran.push(at));
  expect(ran).toEqual([]);
  while (ran.length < 100) {
    const before = ran.length;
    await nextTurn();
    expect(ran.length - before).toBeLessThanOrEqual(TASKS_PER_TURN);
  }
  expect(ran).toEqual(Array.from({ length: 100 }, (_, at) => at));
});

test("[EDGE-GATE-2] a task that adds tasks does not get more than its turn", async () => {
  const takeTurn = createTurns();
  let ran = 0;
  const again = () => {
    ran++;
    takeTurn(again);
    takeTurn(again);
  };
  takeTurn(again);
  for (let turn = 1; turn <= 20; turn++) {
    await nextTurn();
    expect(ran).toBeLessThanOrEqual(turn * TASKS_PER_TURN);
  }
});
