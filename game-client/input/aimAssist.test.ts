import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assistedAim, CONE_RAD, type SeenEnemy } from "./aimAssist.ts";

const SELF = { x: 0, y: 0 };
const RANGE_PX = 1000;

/** An enemy 400 px off at `angle`, radians. */
const at = (angle: number, how: Partial<SeenEnemy> = {}): SeenEnemy => {
  const place = { x: 400 * Math.cos(angle), y: 400 * Math.sin(angle) };
  return { ...place, lead: place, isClear: true, isProtected: false, ...how };
};
const assist = (aim: number, enemies: SeenEnemy[], strength = 0.5) =>
  assistedAim(aim, SELF, enemies, strength, RANGE_PX);

describe("aim assist", () => {
  it("[ASSIST-1] pulls the aim towards an enemy in the cone, by its strength, and never past it", () => {
    expect(assist(0, [at(0.1)], 0)).toBe(0);
    expect(assist(0, [at(0.1)], 0.5)).toBeCloseTo(0.044, 2);
    expect(assist(0, [at(-0.1)], 0.5)).toBeCloseTo(-0.044, 2);
    expect(assist(0, [at(0.1)], 1)).toBeLessThan(0.1);
    expect(assist(3.1, [at(-3.1)], 1)).toBeCloseTo(3.18 - 2 * Math.PI, 1);
  });

  it("[ASSIST-2] an enemy outside of the cone, out of range, behind a wall or protected pulls nothing", () => {
    const far = at(0.1, { x: 1200, y: 0 });
    for (const enemy of [at(0.31), far, at(0.1, { isClear: false }), at(0.1, { isProtected: true })])
      expect(assist(0, [enemy])).toBe(0);
  });

  it("[ASSIST-3] of several enemies the one nearest to the aim pulls", () => {
    expect(assist(0, [at(0.2), at(-0.1)])).toBeLessThan(0);
  });

  it("[ASSIST-4] the aim turns with the stick: no jump at the rim, and no direction that cannot be reached", () => {
    const strength = fc.double({ min: 0, max: 1, noNaN: true });
    const angle = fc.double({ min: -2 * CONE_RAD, max: 2 * CONE_RAD, noNaN: true });
    fc.assert(
      fc.property(strength, angle, angle, (pull, one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const [from, to] = [assist(low, [at(0)], pull), assist(high, [at(0)], pull)];
        expect(to - from).toBeGreaterThanOrEqual(-1e-9);
        expect(to - from).toBeLessThanOrEqual(3 * (high - low) + 1e-9);
      }),
    );
  });
});
