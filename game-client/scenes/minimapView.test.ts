import { expect, test } from "vitest";
import { HILL } from "#shared/modes/kingOfTheHill.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { Drone, Flag, Hill } from "#shared/schema/state.ts";
import { openArena } from "#shared/testing/builders.ts";
import { type MinimapState, viewMinimap } from "./minimapView.ts";

const droneAt = (x: number, y: number, team: number, hp = 100) =>
  Object.assign(new Drone(), { x, y, team, hp });

const state = (mode: ModeName): MinimapState => ({
  mode,
  drones: new Map([
    ["me", droneAt(10, 20, 0)],
    ["foe", droneAt(30, 40, 1)],
    ["wreck", droneAt(50, 60, 1, 0)],
  ]),
  pickups: new Map(),
  flags: new Map([["0", new Flag({ team: 1, x: 300, y: 400, carrier: "me", droppedTick: 0 })]]),
  hill: new Hill({ x: 1, y: 2, width: 64, height: 32, holder: HILL.empty, movesTick: 0 }),
});

test("[MINIMAP-1] shows the own drone as predicted, other living drones, and flags at their places", () => {
  const arena = openArena();
  expect(viewMinimap(state("captureTheFlag"), arena, "me", { x: 11, y: 21 })).toEqual({
    arena,
    self: { x: 11, y: 21 },
    others: [{ id: "foe", team: 1, x: 30, y: 40 }],
    flags: [{ team: 1, x: 300, y: 400 }],
    hill: undefined,
  });
});

test("[MINIMAP-2] shows the hill only in king of the hill", () => {
  const { hill } = viewMinimap(state("kingOfTheHill"), openArena(), "me", { x: 0, y: 0 });
  expect(hill).toMatchObject({ x: 1, y: 2, width: 64, height: 32 });
});
