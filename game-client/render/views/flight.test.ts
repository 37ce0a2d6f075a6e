import { describe, expect, it } from "vitest";
import type { ShownShot } from "#client/render/shown.ts";
import { TICK_MS } from "#shared/config.ts";
import { flownPx } from "#shared/sim/projectile.ts";
import { PROJECTILE_NAMES, PROJECTILES, type ProjectileName } from "#shared/tuning.ts";
import { endOf, fizzles, reachPxOf } from "./flight.ts";

function shotOf(weapon: ProjectileName, reachPx: number, ageMs: number, aim = 0.7): ShownShot {
  const gonePx = flownPx({ weapon: PROJECTILE_NAMES.indexOf(weapon) }, ageMs / TICK_MS);
  const [x, y] = [Math.cos(aim) * gonePx, Math.sin(aim) * gonePx];
  return { id: 1, owner: "a", weapon, x, y, aim, ageMs, share: gonePx / reachPx, ended: false };
}

describe("path of a shot", () => {
  it.each(PROJECTILE_NAMES)(
    "[SHOT-1] the end of a %s shot follows from any moment of its flight",
    (weapon) => {
      const reachPx = 0.8 * PROJECTILES[weapon].rangePx;
      for (const ageMs of [0, 60, 140, 210]) {
        const shot = shotOf(weapon, reachPx, ageMs);
        expect(reachPxOf(shot)).toBeCloseTo(reachPx, 6);
        const end = endOf(shot, reachPx);
        expect(Math.hypot(end.x, end.y)).toBeCloseTo(reachPx, 6);
      }
    },
  );

  it("[SHOT-2] a shot fizzles at its range and hits a wall before it", () => {
    const { rangePx } = PROJECTILES.scatter;
    const shot = shotOf("scatter", rangePx, 60);
    expect(fizzles(shot, rangePx)).toBe(true);
    expect(fizzles(shot, rangePx - 20)).toBe(false);
  });
});
