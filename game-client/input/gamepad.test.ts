import { describe, expect, it } from "vitest";
import { DEFAULT_BINDINGS } from "#client/settings/bindings.ts";
import { BUTTON, MOVE_MAX } from "#shared/schema/input.ts";
import type { Device } from "./device.ts";
import { combineDevices } from "./devices.ts";
import { describePads } from "./deviceWatch.ts";
import { createGamepad } from "./gamepad.ts";
import { mergePads } from "./pads.ts";

const noAim = () => ({ aim: 0, px: 0 });

const pad = (axes: number[], pressed: number[] = [], mapping: GamepadMappingType = "standard") => ({
  axes,
  mapping,
  buttons: Array.from({ length: 17 }, (_, index) => {
    const isDown = pressed.includes(index);
    return { pressed: isDown, touched: isDown, value: isDown ? 1 : 0 };
  }),
});

describe("gamepads", () => {
  it("[PAD-1] merges pads: the stick pushed farthest, and the buttons of all", () => {
    const { left, right, pressed } = mergePads([pad([0.3, 0, 0, 0], [0]), pad([0, -1, 0, 0.05], [7])]);
    expect(left).toEqual({ x: 0, y: -1 });
    expect(right).toEqual({ x: 0, y: 0 });
    expect([...pressed]).toEqual(["Pad0", "Pad7"]);
  });

  it("[PAD-2] ignores a trigger that rests at -1 on a pad without a known mapping", () => {
    expect(mergePads([pad([0, 0, -1, 0, 0, -1], [], "")]).right).toEqual({ x: 0, y: 0 });
  });

  it("[PAD-3] the left stick moves, the right stick aims, buttons act as bound", () => {
    let held = pad([1, 0, 0, -1], [7, 4]);
    const device = createGamepad(
      () => DEFAULT_BINDINGS,
      () => mergePads([held]),
      () => 0,
    );
    expect(device.stick).toEqual({ x: MOVE_MAX, y: 0 });
    expect(device.aim(noAim).aim).toBeCloseTo(-Math.PI / 2);
    expect(device.takeButtons()).toBe(BUTTON.fire | BUTTON.dash);
    held = pad([0, 0, 0, 0], [12]);
    expect(device.stick).toEqual({ x: 0, y: -MOVE_MAX });
    expect(device.takeButtons()).toBe(0);
  });

  it("[PAD-4] a press between two commands is in the next command", () => {
    let held = pad([0, 0, 0, 0], [5]);
    const device = createGamepad(
      () => DEFAULT_BINDINGS,
      () => mergePads([held]),
      () => 0,
    );
    expect(device.buttons).toBe(BUTTON.altFire);
    held = pad([0, 0, 0, 0]);
    expect(device.takeButtons()).toBe(BUTTON.altFire);
    expect(device.takeButtons()).toBe(0);
  });

  it("[PAD-5] neither a resting nor a drifting pad counts as in use", () => {
    expect(describePads(mergePads([pad([0.1, -0.1, 0.2, 0])]))).toBe("");
    expect(describePads(mergePads([pad([1, 0, 0, 0])]))).not.toBe("");
  });
});

describe("combined devices", () => {
  const device = (buttons: number): Device => {
    let left = buttons;
    return {
      stick: { x: buttons, y: 0 },
      aim: () => ({ aim: buttons, reach: 0 }),
      get buttons() {
        return left;
      },
      takeButtons() {
        const taken = left;
        left = 0;
        return taken;
      },
    };
  };

  it("[DEVICES-1] the device in use steers, and presses of the others are discarded", () => {
    let inUse: "keys" | "pad" = "keys";
    const all = { keys: device(1), pad: device(2), touch: device(4) };
    const devices = combineDevices(
      all,
      () => inUse,
      () => false,
    );
    expect(devices.stick.x).toBe(1);
    expect(devices.takeButtons()).toBe(1);
    inUse = "pad";
    expect(devices.aim(noAim).aim).toBe(2);
    expect(devices.takeButtons()).toBe(0);
  });

  it("[DEVICES-2] while a menu is open the drone neither moves nor fires", () => {
    const all = { keys: device(1), pad: device(2), touch: device(4) };
    const devices = combineDevices(
      all,
      () => "keys",
      () => true,
    );
    expect(devices.stick).toEqual({ x: 0, y: 0 });
    expect(devices.buttons).toBe(0);
    expect(devices.takeButtons()).toBe(0);
  });
});
