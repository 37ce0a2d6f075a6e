import { Client } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServerProcess, startServer } from "#client/e2e/harness.ts";
import { TICK_MS } from "#shared/config.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { BUTTON, type Command } from "#shared/schema/input.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { pickIndex, seededRandom } from "#shared/sim/random.ts";
import { command } from "#shared/testing/builders.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { createPrediction, type Prediction } from "./prediction.ts";

const arena = readArena("foundry");

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** A player without a page: the client's netcode against a real server. */
async function enter() {
  const room = await new Client(server.url).joinOrCreate<ArenaState>(ROOM.arena, { name: "Ann" });
  room.onMessage("*", () => {});
  await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
  const own = room.state.drones.get(room.sessionId);
  if (!own) throw new Error("no drone");
  return { room, own, prediction: createPrediction(room, own, arena) };
}

/** Lets frames pass, as a page does, until `done`; `next` says what the player does in each tick. */
async function playUntil(done: () => boolean, prediction: Prediction, next: () => Command): Promise<void> {
  while (!done()) {
    const due = prediction.advance(performance.now());
    for (let i = 0; i < due; i++) prediction.send(next());
    await new Promise((resolve) => setTimeout(resolve, TICK_MS / 2));
  }
}

describe("prediction against a real server", () => {
  test("[PREDICT-2] 300 commands in the open and along walls are never corrected, shots and deaths included", async () => {
    const { room, prediction } = await enter();
    const script = seededRandom(11);
    let sent = 0;
    let held = command();
    const next = () => {
      if (sent++ % 12 === 0) {
        held = {
          moveX: pickIndex(script, 255) - 127,
          moveY: pickIndex(script, 255) - 127,
          aim: pickIndex(script, 65536) * ((2 * Math.PI) / 65536),
          buttons: script.next() < 0.5 ? BUTTON.fire : 0,
        };
      }
      return held;
    };
    await playUntil(() => sent >= 300, prediction, next);
    expect(prediction.corrections).toMatchObject({ count: 0, maxPx: 0 });
    await room.leave();
  });

  test("[PREDICT-3] an own shot is shown before the server has it, keeps its id when confirmed, and is shown once", async () => {
    const { room, prediction } = await enter();
    const ownShots = () =>
      [...prediction.shots.shown(performance.now())].filter(({ owner }) => owner === room.sessionId);
    const confirmed = () =>
      [...room.state.projectiles.values()].some(({ owner }) => owner === room.sessionId);
    let commands = 0;
    const fireOnce = () => command({ aim: 1, buttons: commands++ === 0 ? BUTTON.fire : 0 });

    await playUntil(() => commands > 0, prediction, fireOnce);
    expect(confirmed()).toBe(false);
    const [shot, ...others] = ownShots();
    expect(others).toEqual([]);
    await playUntil(confirmed, prediction, fireOnce);
    expect(ownShots().map(({ id }) => id)).toEqual([shot?.id]);
    await playUntil(() => ownShots().length === 0, prediction, fireOnce);
    await room.leave();
  });

  test("[PREDICT-4] a shot shown between two commands becomes that of the next, or is taken back", async () => {
    const { room, prediction } = await enter();
    const ids = () => [...prediction.shots.shown(performance.now())].map(({ id }) => id);
    prediction.shots.fireEarly({ x: 100, y: 100, aim: 0 });
    prediction.shots.fireEarly({ x: 100, y: 100, aim: 0 });
    const early = ids();
    expect(early).toHaveLength(1);
    prediction.shots.commandStepped({ x: 104, y: 100, aim: 0 });
    expect(ids()).toEqual(early);
    prediction.shots.fireEarly({ x: 100, y: 100, aim: 0 });
    prediction.shots.commandStepped(undefined);
    expect(ids()).toEqual(early);
    await room.leave();
  });
});
