import { describe, expect, it } from "vitest";
import { DEFAULT_BINDINGS } from "#client/settings/bindings.ts";
import { BUTTON, MOVE_MAX } from "#shared/schema/input.ts";
import type { Device } from "./device.ts";
import { combineDevices } from "./devices.ts";
import { describePads } from "./deviceWatch.ts";
import { createGamepad } from "./gamepad.ts";
import { createPadReader, type Pads } from "./pads.ts";
import { CENTRE } from "./stick.ts";

const noAim = () => ({ aim: 0, px: 0 });

interface FakePad {
  axes: number[];
  /** Values of the first buttons, or indices of buttons that are down. */
  values?: number[];
  pressed?: number[];
  mapping?: GamepadMappingType;
  id?: string;
}

const pad = ({ axes, values = [], pressed = [], mapping = "standard", id = "pad" }: FakePad) => ({
  axes,
  mapping,
  id,
  index: 0,
  buttons: Array.from({ length: 17 }, (_, index) => {
    const value = pressed.includes(index) ? 1 : (values[index] ?? 0);
    // Chromium calls an analog button pressed from 30/255 on.
    return { value, pressed: value > 0.117, touched: value > 0 };
  }),
});

const REST = { axes: [0, 0, 0, 0] };
const OTHER = { id: "other" };

/** Reads the states one after the other, as of one pad; returns the last reading. */
function readAll(...states: FakePad[]): Pads {
  const read = createPadReader();
  const readings = states.map((state) => read([pad(state)]));
  return readings.at(-1) ?? read([]);
}

describe("gamepads", () => {
  it("[PAD-1] merges pads: the stick pushed farthest, and the buttons of all", () => {
    const read = createPadReader();
    read([pad(REST), pad({ ...REST, ...OTHER })]);
    const { left, right, pressed } = read([
      pad({ axes: [0.3, 0, 0, 0], pressed: [0] }),
      pad({ axes: [0, -1, 0, 0.05], pressed: [7], ...OTHER }),
    ]);
    expect(left).toEqual({ x: 0, y: -1 });
    expect(right).toEqual({ x: 0, y: 0 });
    expect([...pressed]).toEqual(["Pad0", "Pad7"]);
  });

  it("[PAD-2] ignores a trigger that rests at -1 on a pad without a known mapping", () => {
    // Logic3 Controller on Linux, as reported.
    const axes = [-0.012, -0.05, -1, -0.049, 0.015, -1];
    const { left, right } = readAll({ axes, mapping: "" }, { axes, mapping: "" });
    expect([left, right]).toEqual([CENTRE, CENTRE]);
  });

  it("[PAD-3] the left stick moves, the right stick aims, buttons act as bound", () => {
    let held: FakePad = REST;
    const read = createPadReader();
    const device = createGamepad(
      () => DEFAULT_BINDINGS,
      () => read([pad(held)]),
      () => 0,
    );
    expect(device.takeButtons()).toBe(0);
    held = { axes: [1, 0, 0, -1], pressed: [7, 4] };
    expect(device.stick).toEqual({ x: MOVE_MAX, y: 0 });
    expect(device.aim(noAim).aim).toBeCloseTo(-Math.PI / 2);
    expect(device.takeButtons()).toBe(BUTTON.fire | BUTTON.dash);
    held = { ...REST, pressed: [12] };
    expect(device.stick).toEqual({ x: 0, y: -MOVE_MAX });
    expect(device.takeButtons()).toBe(0);
  });

  it("[PAD-4] a press between two commands is in the next command", () => {
    let held: FakePad = REST;
    const read = createPadReader();
    const device = createGamepad(
      () => DEFAULT_BINDINGS,
      () => read([pad(held)]),
      () => 0,
    );
    expect(device.buttons).toBe(0);
    held = { ...REST, pressed: [5] };
    expect(device.buttons).toBe(BUTTON.altFire);
    held = REST;
    expect(device.takeButtons()).toBe(BUTTON.altFire);
    expect(device.takeButtons()).toBe(0);
  });

  it("[PAD-5] neither a resting nor a drifting pad counts as in use", () => {
    expect(describePads(readAll({ axes: [0.1, -0.1, 0.2, 0] }))).toBe("");
    expect(describePads(readAll(REST, { axes: [1, 0, 0, 0] }))).not.toBe("");
  });

  it.each<[string, FakePad]>([
    ["a throttle alone, at either end", { axes: [-1], mapping: "" }],
    ["a throttle halfway, beside a twist grip", { axes: [0.004, 0.004, 0.004, 0.6], mapping: "" }],
    ["the whammy bar of a guitar on the right stick", { axes: [0, 0, -1, 0] }],
    ["triggers at 0.5 until they are moved", { axes: [0, 0, 0, 0], values: [0, 0, 0, 0, 0, 0, 0.5, 0.5] }],
    ["a worn trigger at 0.2", { axes: [0, 0, 0, 0], values: [0, 0, 0, 0, 0, 0, 0, 0.2] }],
    ["an inverted trigger at 1", { axes: [0, 0, 0, 0], values: [0, 0, 0, 0, 0, 0, 0, 1] }],
  ])("[PAD-6] what rests off its centre neither flies nor fires: %s", (_, state) => {
    expect(describePads(readAll(state, state))).toBe("");
  });

  it("[PAD-7] an axis that reports 0 until its first movement, and then rests at -1, is no stick", () => {
    const throttle = { axes: [-1, 0], mapping: "" } as const;
    expect(readAll({ ...throttle, axes: [0, 0] }, { ...throttle, axes: [-1, 0] }).left).toEqual(CENTRE);
  });

  it("[PAD-8] a stick and a button that are held while the pad appears count from their first release on", () => {
    const held = { axes: [1, 0, 0, 0], pressed: [7] };
    expect(describePads(readAll(held))).toBe("");
    const { left, pressed } = readAll(held, REST, held);
    expect(left.x).toBeCloseTo(1);
    expect([...pressed]).toEqual(["Pad7"]);
  });

  it("[PAD-9] a pad that was unplugged starts anew", () => {
    const read = createPadReader();
    const full = [pad({ axes: [1, 0, 0, 0] })];
    read([pad(REST)]);
    expect(read(full).left.x).toBeCloseTo(1);
    read([]);
    expect(read(full).left).toEqual(CENTRE);
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
