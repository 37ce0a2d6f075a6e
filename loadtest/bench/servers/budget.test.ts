/**
 * The cost of Fracas' patches on the field of the bench, counted without a clock. It is a test of the server, but stands
 * here because it plays the bench's scenario, and nothing in server/ imports the load tools.
 */
import { ClientState } from "@colyseus/core";
import { afterEach, expect, test, vi } from "vitest";
import { arenaOf, type FieldScenario, pathsOf } from "#loadtest/bench/scenarios/field.ts";
import { nameOf } from "#loadtest/bench/scenarios/script.ts";
import { EntityEncoder } from "#server/rooms/sync/entityEncoder.ts";
import { WatchedFight } from "#server/testing/watchedFight.ts";

const SCENARIO: FieldScenario = { kind: "field", seed: 1, players: 200, spread: "equal" };
const WARM_UP_TICKS = 30;
const TICKS = 180;

afterEach(() => void vi.restoreAllMocks());

test("[BYTES-2] with 200 players on the bench's field a patch stays within its budget of bytes, poses and view changes", () => {
  const fight = new WatchedFight(arenaOf(SCENARIO), 1);
  const paths = pathsOf(SCENARIO);
  const ids = paths.map((_path, player) => `player${100 + player}`);
  let [bytes, frames] = [0, 0];
  for (const [player, { startX, startY }] of paths.entries()) {
    const watcher = fight.join(ids[player] ?? "");
    // Counted only: other tests decode the patches.
    watcher.raw = (frame) => {
      bytes += frame.length;
      frames++;
    };
    watcher.state = ClientState.JOINED;
    const drone = fight.world.state.drones.get(watcher.sessionId);
    Object.assign(drone ?? {}, { x: startX, y: startY, name: nameOf(player) });
  }
  const play = (from: number, to: number) => {
    for (let tick = from; tick < to; tick++) {
      fight.step(new Map(paths.map((path, player) => [ids[player] ?? "", [path.command(tick)]])));
      // Two patches in three ticks.
      if (tick % 3 !== 0) fight.patch();
    }
  };
  play(1, WARM_UP_TICKS);
  [bytes, frames] = [0, 0];
  const poses = vi.spyOn(EntityEncoder.prototype, "copyChanges");
  const viewChanges = [
    vi.spyOn(EntityEncoder.prototype, "writeEntry"),
    vi.spyOn(EntityEncoder.prototype, "writeDeletion"),
  ];
  play(WARM_UP_TICKS, WARM_UP_TICKS + TICKS);

  const changes = viewChanges.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  const perPatch = {
    bytes: bytes / frames,
    poses: poses.mock.calls.length / frames,
    changes: changes / frames,
  };
  console.log(`a patch: ${JSON.stringify(perPatch)}`);
  expect(frames).toBe((SCENARIO.players * TICKS * 2) / 3);
  // Views stay inside the arena: whoever is at its border sees as many drones as others.
  expect(perPatch.bytes).toBeLessThan(500);
  expect(perPatch.poses).toBeLessThan(42.5);
  expect(perPatch.changes).toBeLessThan(1.3);
});
