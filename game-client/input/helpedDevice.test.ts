import { describe, expect, it } from "vitest";
import { BUTTON } from "#shared/schema/input.ts";
import type { SeenEnemy } from "./aimAssist.ts";
import { isWorthAShot } from "./autoFire.ts";
import type { Device } from "./device.ts";
import { helpedDevice } from "./helpedDevice.ts";
import { sampleInput } from "./sampleInput.ts";

const SELF = { x: 0, y: 0 };

const enemyAt = (x: number, y: number, how: Partial<SeenEnemy> = {}): SeenEnemy => ({
  ...{ x, y, lead: { x, y }, isClear: true, isProtected: false },
  ...how,
});

describe("the automatic trigger", () => {
  const isFired = (aim: number, ...enemies: SeenEnemy[]) => isWorthAShot(aim, SELF, enemies, 1000);

  it("[HANDS-1] fires at an enemy on the line of the barrel, or where it will be", () => {
    expect(isFired(0, enemyAt(500, 0))).toBe(true);
    expect(isFired(0.05, enemyAt(500, 0))).toBe(true);
    expect(isFired(0.3, enemyAt(500, 0, { lead: { x: 480, y: 150 } }))).toBe(true);
    expect(isFired(-3.1, enemyAt(-500, 5))).toBe(true);
  });

  it("[HANDS-2] does not fire beside an enemy, out of range, at a wall, or at one that takes no damage", () => {
    expect(isFired(0.2, enemyAt(500, 0))).toBe(false);
    expect(isFired(0, enemyAt(1001, 0))).toBe(false);
    expect(isFired(0, enemyAt(500, 0, { isClear: false }))).toBe(false);
    expect(isFired(0, enemyAt(500, 0, { isProtected: true }))).toBe(false);
    expect(isFired(0)).toBe(false);
  });
});

describe("a device with help", () => {
  function setUp({ autoFires = false, assist = 0 } = {}) {
    const hands = { stick: { x: 0, y: 0 }, aim: 0, buttons: 0 };
    let nowMs = 0;
    const device: Device = {
      get stick() {
        return hands.stick;
      },
      aim: () => ({ aim: hands.aim, reach: 9 }),
      get buttons() {
        return hands.buttons;
      },
      takeButtons: () => hands.buttons,
      letGo() {},
    };
    const helped = helpedDevice(device, {
      assist: () => assist,
      autoFires: () => autoFires,
      self: () => SELF,
      enemies: () => [enemyAt(400, 40)],
      nowMs: () => nowMs,
    });
    const sample = (atMs = nowMs) => {
      nowMs = atMs;
      return sampleInput(helped, () => ({ aim: 0, px: 0 }));
    };
    return { hands, sample };
  }

  it("[HANDS-3] without help, commands are the hands' own", () => {
    const { hands, sample } = setUp();
    hands.stick = { x: 127, y: 0 };
    expect(sample()).toEqual({ moveX: 127, moveY: 0, aim: 0, reach: 9, buttons: 0 });
  });

  it("[HANDS-4] the trigger pulls itself at what the assisted aim points at, and adds to the buttons that are down", () => {
    const { hands, sample } = setUp({ autoFires: true, assist: 0.8 });
    Object.assign(hands, { aim: 0.01, buttons: BUTTON.dash });
    const { aim, buttons } = sample();
    expect(aim).toBeCloseTo(0.08, 1);
    expect(buttons).toBe(BUTTON.dash | BUTTON.fire);
  });

  it("[HANDS-5] hands that touch no control for four seconds get no help: nobody keeps a place by it", () => {
    const { hands, sample } = setUp({ autoFires: true, assist: 0.8 });
    expect(sample(0).buttons).toBe(0);
    hands.stick = { x: 0, y: 127 };
    expect(sample(1_000).buttons).toBe(BUTTON.fire);
    hands.stick = { x: 0, y: 0 };
    expect(sample(4_900).buttons).toBe(BUTTON.fire);
    expect(sample(5_100)).toMatchObject({ aim: 0, buttons: 0 });
    hands.aim = 0.02;
    expect(sample(5_200).buttons).toBe(BUTTON.fire);
  });
});
