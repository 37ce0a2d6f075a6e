import { describe, expect, test } from "vitest";
import { expectNoComplaints } from "#server/testing/complaints.ts";
import { WatchedFight, type Watcher } from "#server/testing/watchedFight.ts";
import { VIEW_HEIGHT_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { Place } from "#shared/sim/sight.ts";
import { LEAN } from "#shared/sim/view.ts";
import { command, drawArena } from "#shared/testing/builders.ts";

expectNoComplaints();

const COLUMNS = 60;
const ROWS = 44;
const wall = "#".repeat(COLUMNS);
const spawns = `#S${".".repeat(COLUMNS - 4)}S#`;
const open = `#${".".repeat(COLUMNS - 2)}#`;
const PLAIN = drawArena(wall, spawns, ...Array.from({ length: ROWS - 4 }, () => open), spawns, wall);
const MIDDLE = { x: PLAIN.widthPx / 2, y: PLAIN.heightPx / 2 };
const OUT_OF_SIGHT = { x: 100, y: 100 };
const STEP_PX = 10;

/** Two players in the middle; the first aims far to the right, the second holds still. */
function fightOf(reach: number) {
  const fight = new WatchedFight(PLAIN, 1);
  const droneOf = (id: string) => fight.world.state.drones.get(id) as Drone;
  const [ann, bob] = ["ann", "bob"].map((id) => fight.join(id)) as [Watcher, Watcher];
  for (const watcher of [ann, bob]) fight.acknowledge(watcher);
  fight.seat("probe");
  for (let tick = 0; tick < 90; tick++) {
    Object.assign(droneOf("ann"), MIDDLE);
    Object.assign(droneOf("bob"), MIDDLE);
    fight.step(
      new Map([
        ["ann", [command({ aim: 0, reach })]],
        ["bob", [command({ aim: 0, reach: 0 })]],
      ]),
    );
  }
  Object.assign(droneOf("ann"), MIDDLE);
  Object.assign(droneOf("bob"), MIDDLE);
  const sees = (watcher: Watcher, at: Place): boolean => {
    for (const place of [OUT_OF_SIGHT, at]) {
      Object.assign(droneOf("probe"), place);
      fight.patch();
    }
    return watcher.decoded.drones.get("probe") !== undefined;
  };
  return { ann, bob, sees };
}

/** How far the watcher sees a drone that comes into its view to the left, right, top and bottom of the middle, px. */
function reachOf(watcher: Watcher, sees: (watcher: Watcher, at: Place) => boolean) {
  const along = (dx: number, dy: number): number => {
    let px = 400;
    while (px < 1300 && sees(watcher, { x: MIDDLE.x + dx * px, y: MIDDLE.y + dy * px })) px += STEP_PX;
    return px;
  };
  return { left: along(-1, 0), right: along(1, 0), top: along(0, -1), bottom: along(0, 1) };
}

describe("a view that leans", () => {
  test("[LEAN-7] shows as much as one that does not, and nothing beyond its margin", () => {
    const { ann, bob, sees } = fightOf(255);
    for (const watcher of [ann, bob]) {
      const { left, right, top, bottom } = reachOf(watcher, sees);
      expect(Math.abs(left + right - (VIEW_WIDTH_PX + 2 * VIEW_MARGIN_PX))).toBeLessThanOrEqual(2 * STEP_PX);
      expect(Math.abs(top + bottom - (VIEW_HEIGHT_PX + 2 * VIEW_MARGIN_PX))).toBeLessThanOrEqual(2 * STEP_PX);
    }
  });

  test("[LEAN-8] gives the longest reach that a command can carry 150 px on one side, and takes them on the other", () => {
    const { ann, bob, sees } = fightOf(255);
    const [leaning, still] = [reachOf(ann, sees), reachOf(bob, sees)];
    expect(Math.abs(leaning.right - still.right - LEAN.maxPx)).toBeLessThanOrEqual(STEP_PX);
    expect(Math.abs(still.left - leaning.left - LEAN.maxPx)).toBeLessThanOrEqual(STEP_PX);
    expect(leaning.top).toBe(still.top);
  });
});
