import { expect, test } from "vitest";
import { BUTTON, REACH_STEP_PX } from "#shared/schema/input.ts";
import { addDrone, createWorld, drawArena, holding } from "#shared/testing/builders.ts";
import type { SpecialName } from "#shared/tuning.ts";
import { SKILLS } from "./skill.ts";
import type { Target } from "./target.ts";
import { chooseShot, reachTo, triggersFor } from "./weapons.ts";
import { WorldSnapshot } from "./worldSnapshot.ts";

const arena = drawArena(
  "####################",
  "#S.......#........S#",
  "#........#.........#",
  "#S................S#",
  "####################",
);

function shotAt(target: Partial<Target>, special?: SpecialName) {
  const world = createWorld(arena);
  addDrone(world, "self", { x: 150, y: 150, ...(special ? holding(special) : {}) });
  const snapshot = new WorldSnapshot(arena);
  snapshot.read(world.state);
  const self = snapshot.perceptionOf("self")?.self;
  if (!self) throw new Error("no drone");
  const seen: Target = {
    id: "enemy",
    x: 450,
    y: 150,
    vx: 0,
    vy: 0,
    inSight: true,
    isClear: true,
    isProtected: false,
    sinceTick: 0,
    seenTick: 100,
    movedTick: 100,
    ...target,
  };
  return chooseShot(arena, self, seen, [], 100, SKILLS.hard);
}

test("[BOT-WEAPON-1] a bot uses the scatter near, the rail on long clear lines, and otherwise the blaster", () => {
  expect(shotAt({ x: 300 }, "scatter")?.weapon).toBe("scatter");
  expect(shotAt({ x: 550 }, "scatter")?.weapon).toBe("blaster");
  expect(shotAt({ x: 550 }, "rail")?.weapon).toBe("rail");
  expect(shotAt({ x: 250 }, "rail")?.weapon).toBe("blaster");
  expect(shotAt({})?.weapon).toBe("blaster");
});

test("[BOT-WEAPON-2] only the mortar fires over a wall, also at a target that has just gone behind it", () => {
  const behind = { x: 700, isClear: false };
  expect(shotAt(behind)).toBeUndefined();
  expect(shotAt(behind, "rail")).toBeUndefined();
  expect(shotAt(behind, "mortar")?.weapon).toBe("mortar");
  expect(shotAt({ ...behind, inSight: false, seenTick: 80 }, "mortar")?.weapon).toBe("mortar");
  expect(shotAt({ ...behind, inSight: false, seenTick: 10 }, "mortar")).toBeUndefined();
});

test("[BOT-WEAPON-3] a bot does not shoot at a protected drone", () => {
  expect(shotAt({ isProtected: true })).toBeUndefined();
  expect(shotAt({ isProtected: true }, "mortar")).toBeUndefined();
});

test("[BOT-WEAPON-4] a shell has a reach, and needs the second trigger only", () => {
  const shot = shotAt({}, "mortar");
  if (!shot) throw new Error("no shot");
  expect(reachTo({ x: 150, y: 150 }, shot.at) * REACH_STEP_PX).toBeCloseTo(300, -1);
  expect(triggersFor(shot)).toBe(BUTTON.altFire);
  expect(reachTo({ x: 0, y: 0 }, { x: 5000, y: 0 })).toBe(255);
});
