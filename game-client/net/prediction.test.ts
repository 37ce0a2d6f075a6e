import { Client } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServerProcess, startServer } from "#client/e2e/serverProcess.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { pickIndex, seededRandom } from "#shared/sim/random.ts";
import { command } from "#shared/testing/builders.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { enterHeadless } from "./headlessPlayer.ts";

const arena = readArena("foundry");

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** A server that misses this much time may drop commands of its bounded backlog, which corrects the client rightly. */
const STALL_MS = 150;

/** The longest time, in milliseconds, between two notes; the first counts from now, the last until it is asked. */
function longestGap() {
  let [notedAt, longest] = [performance.now(), 0];
  const note = () => {
    const now = performance.now();
    longest = Math.max(longest, now - notedAt);
    notedAt = now;
  };
  const longestMs = () => {
    note();
    return longest;
  };
  return { note, longestMs };
}

/** Fills the room with idle players instead of bots, whose collisions with the drone cannot be predicted. */
async function enter() {
  const url = server.url;
  const bystanders = await Promise.all(
    [1, 2, 3].map((i) => new Client(url).joinOrCreate(ROOM.arena, { name: `Idle ${i}` })),
  );
  for (const bystander of bystanders) bystander.onMessage("*", () => {});
  const player = await enterHeadless(url, arena, "Ann");
  const leave = () => Promise.all([player.leave(), ...bystanders.map((bystander) => bystander.leave())]);
  return { ...player, leave };
}

describe("prediction against a real server", () => {
  test("[PREDICT-2] 300 commands in the open and along walls, with shots and deaths, need no correction unless page or server stall", async ({
    signal,
  }) => {
    let stalledMs: number;
    let corrections: { readonly count: number; readonly maxPx: number };
    do {
      signal.throwIfAborted();
      const { room, prediction, play, leave } = await enter();
      const [frames, patches] = [longestGap(), longestGap()];
      room.onStateChange(() => patches.note());
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
      await play(next, () => {
        frames.note();
        return sent >= 300;
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

    // Between two commands, before a patch can have come.
    let wasEarly = false;
    await play(fireOnce, () => {
      wasEarly ||= ownShots().length > 0 && !confirmed();
      return commands > 0;
    });
    expect(wasEarly).toBe(true);
    const [shot, ...others] = ownShots();
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
