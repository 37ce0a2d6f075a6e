import { expect, test } from "vitest";
import { seededRandom } from "#shared/sim/random.ts";
import { PROJECTILES } from "#shared/tuning.ts";
import { Hand, leadPlace } from "./aim.ts";
import { SKILLS } from "./skill.ts";

const target = { x: 600, y: 0, vx: 0, vy: 300 };
const { speedPxPerSec } = PROJECTILES.blaster;

test("[AIM-1] with full lead the shot and the target are at one place at one time", () => {
  const place = leadPlace({ x: 0, y: 0 }, target, speedPxPerSec, 1);
  const shotSec = (Math.hypot(place.x, place.y) - 30) / speedPxPerSec;
  expect(place.y).toBeCloseTo(target.vy * shotSec, -0.5);
  expect(leadPlace({ x: 0, y: 0 }, target, speedPxPerSec, 0)).toEqual({ x: 600, y: 0 });
});

test("[AIM-2] a hand turns no faster than its skill allows, and settles within its error", () => {
  const hand = new Hand(SKILLS.normal, seededRandom(1));
  let before = hand.aim;
  for (let tick = 0; tick < 300; tick++) {
    if (tick % 8 === 0) hand.drawError();
    hand.turnTo(2, tick);
    expect(Math.abs(hand.aim - before)).toBeLessThanOrEqual(SKILLS.normal.turnRadPerTick + 1e-9);
    before = hand.aim;
    if (tick > 100) expect(Math.abs(hand.aim - 2)).toBeLessThan(1.1 * SKILLS.normal.aimErrorRad);
  }
});

test("[AIM-3] a hand turns the short way round", () => {
  const hand = new Hand(SKILLS.hard, seededRandom(1));
  for (let tick = 0; tick < 20; tick++) hand.turnTo(3, tick);
  hand.turnTo(-3, 20);
  expect(Math.abs(hand.aim)).toBeGreaterThan(2.9);
});
