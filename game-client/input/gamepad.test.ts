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

/** A pad, or several, that is read once a frame while it keeps each state for a time. */
function createHand() {
  let nowMs = 0;
  const read = createPadReader(() => nowMs);
  return {
    read,
    /** Holds each state for so long that a stick settles; returns the last reading. */
    hold: (...states: FakePad[]): Pads => holdFor(300, ...states),
    holdFor,
  };
  function holdFor(ms: number, ...states: FakePad[]): Pads {
    let last = read(states.slice(0, 1).map(pad));
    for (const state of states)
      for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 16) last = read([pad(state)]);
    return last;
  }
}

/** The state after the pad has kept each of the states for a second and a half. */
const readAll = (...states: FakePad[]): Pads => createHand().holdFor(1_500, ...states);

describe("gamepads", () => {
  it("[PAD-1] merges pads: the stick pushed farthest, and the buttons of all", () => {
    let nowMs = 0;
    const read = createPadReader(() => nowMs);
    for (; nowMs <= 300; nowMs += 100) read([pad(REST), pad({ ...REST, ...OTHER })]);
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
    const { read, hold } = createHand();
    hold(REST);
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
    const { read, hold } = createHand();
    hold(REST);
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
    const { hold } = createHand();
    expect(describePads(hold(held))).toBe("");
    const { left, pressed } = hold(REST, held);
    expect(left.x).toBeCloseTo(1);
    expect([...pressed]).toEqual(["Pad7"]);
  });

  it("[PAD-9] a pad that was unplugged starts anew", () => {
    const { hold, read } = createHand();
    const full = { axes: [1, 0, 0, 0] };
    expect(hold(REST, full).left.x).toBeCloseTo(1);
    read([]);
    expect(hold(full).left).toEqual(CENTRE);
  });

  it("[PAD-10] a stick that rests off its centre does not fly, also after it has crossed the centre, and steers", () => {
    const worn = { axes: [0.2, 0.1, 0, 0] };
    const { hold, holdFor } = createHand();
    expect(holdFor(1_500, worn).left).toEqual(CENTRE);
    expect(hold(REST, { axes: [-0.5, 0, 0, 0] }).left.x).toBeLessThan(-0.3);
    expect(hold(worn).left).toEqual(CENTRE);
    const early = createHand();
    early.hold(REST);
    expect(early.holdFor(1_500, worn).left).toEqual(CENTRE);
  });

  it("[PAD-11] a stick that is held still in play, after it has rested, steers on, and centres when it is released", () => {
    const { holdFor } = createHand();
    expect(holdFor(1_500, REST, { axes: [0.4, 0, 0, 0] }).left.x).toBeGreaterThan(0.2);
    expect(holdFor(1_500, REST).left).toEqual(CENTRE);
  });

  it("[PAD-12] a throttle that passes its middle does not count", () => {
    const throttle = (y: number): FakePad => ({ axes: [0, y], mapping: "" });
    const { holdFor } = createHand();
    holdFor(1_500, throttle(-1));
    for (const y of [-0.5, -0.1, 0.1, 0.5]) holdFor(48, throttle(y));
    expect(holdFor(1_500, throttle(1), throttle(0.3), throttle(-1)).left).toEqual(CENTRE);
  });

  it("[PAD-13] a trigger that is worn to 0.6 fires when it is pulled, and a pull that is held does not become its rest", () => {
    const trigger = (value: number): FakePad => ({
      axes: [0, 0, 0, 0],
      values: [0, 0, 0, 0, 0, 0, 0, value],
    });
    const worn = createHand();
    expect([...worn.holdFor(1_500, trigger(0.6)).pressed]).toEqual([]);
    expect([...worn.holdFor(1_500, trigger(1)).pressed]).toEqual(["Pad7"]);
    expect([...worn.hold(trigger(0.6)).pressed]).toEqual([]);
    expect([...createHand().holdFor(1_500, trigger(0), trigger(0.6)).pressed]).toEqual(["Pad7"]);
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
      letGo() {},
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
