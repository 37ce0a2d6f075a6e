import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServerProcess, startServer } from "#client/e2e/serverProcess.ts";
import { longestGap, STALL_MS } from "#client/e2e/stall.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { pickIndex, seededRandom } from "#shared/sim/random.ts";
import { command } from "#shared/testing/builders.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { enterHeadless } from "./headlessPlayer.ts";

const MAP = "foundry";
const arena = readArena(MAP);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** Ann is alone in her room: collisions with others cannot be predicted. */
const enter = () => enterHeadless(server.url, arena, "Ann", RoomSettings.parse({ map: MAP, bots: 0 }));

/** Steers, aims and fires at random, and changes that with every twelfth command. */
function scripted(seed: number) {
  const random = seededRandom(seed);
  let sent = 0;
  let held = command();
  const next = () => {
    if (sent++ % 12 === 0) {
      held = {
        moveX: pickIndex(random, 255) - 127,
        moveY: pickIndex(random, 255) - 127,
        aim: pickIndex(random, 65536) * ((2 * Math.PI) / 65536),
        buttons: random.next() < 0.5 ? BUTTON.fire : 0,
      };
    }
    return held;
  };
  return { next, sent: () => sent };
}

describe("prediction against a real server", () => {
  test("[PREDICT-2] 300 commands in the open and along walls, with shots, need no correction unless page or server stall", async ({
    signal,
  }) => {
    let stalledMs: number;
    let corrections: { readonly count: number; readonly maxPx: number };
    do {
      signal.throwIfAborted();
      const { room, prediction, play, leave } = await enter();
      const [frames, patches] = [longestGap(), longestGap()];
      room.onStateChange(patches.note);
      const script = scripted(11);
      await play(script.next, () => {
        frames.note();
        return script.sent() >= 300;
      });
      corrections = prediction.corrections;
      stalledMs = Math.max(frames.longestMs(), patches.longestMs());
      await leave();
    } while (corrections.count > 0 && stalledMs > STALL_MS);
    expect(corrections).toMatchObject({ count: 0, maxPx: 0 });
  });

  test("[PREDICT-3] an own shot is shown before the server has it, keeps its id when confirmed, and is never shown twice", async () => {
    const { room, prediction, play, leave } = await enter();
    const ownShots = () =>
      [...prediction.shots.shown(performance.now())].filter(({ owner }) => owner === room.sessionId);
    const confirmed = () =>
      [...room.state.projectiles.values()].some(({ owner }) => owner === room.sessionId);
    let commands = 0;
    const fireOnce = () => command({ aim: 1, buttons: commands++ === 0 ? BUTTON.fire : 0 });

    while (prediction.advance(performance.now()) === 0) await setTimeout(1);
    prediction.send(fireOnce());
    // No patch can come before this is asked, because nothing is awaited in between.
    expect(confirmed()).toBe(false);
    const [shot, ...others] = ownShots();
    expect(shot).toBeDefined();
    expect(others).toEqual([]);
    await play(fireOnce, confirmed);
    expect(ownShots().map(({ id }) => id)).toEqual([shot?.id]);
    await play(fireOnce, () => ownShots().length === 0);
    await leave();
  });

  test("[PREDICT-4] a shot shown between two commands becomes the shot of the next command, or is withdrawn", async () => {
    const { prediction, leave } = await enter();
    const ids = () => [...prediction.shots.shown(performance.now())].map(({ id }) => id);
    prediction.shots.fireEarly(["blaster"], { x: 100, y: 100, aim: 0 });
    prediction.shots.fireEarly(["blaster"], { x: 100, y: 100, aim: 0 });
    const early = ids();
    expect(early).toHaveLength(1);
    prediction.shots.commandStepped(["blaster"], { x: 104, y: 100, aim: 0 });
    expect(ids()).toEqual(early);
    prediction.shots.fireEarly(["blaster"], { x: 100, y: 100, aim: 0 });
    prediction.shots.commandStepped([], { x: 100, y: 100, aim: 0 });
    expect(ids()).toEqual(early);
    await leave();
  });
});
