import { describe, expect, it } from "vitest";
import { BUTTON, MOVE_MAX } from "#shared/schema/input.ts";
import { fakePage } from "./fakePage.ts";
import { createTouch, type ShownSticks, type TouchWiring } from "./touch.ts";

function setUp() {
  const page = fakePage();
  const device = createTouch({
    surface: page.surface,
    radiusPx: () => 50,
    isAway: () => false,
    show: () => {},
  });
  const push = (pointerType: string) => {
    page.mouse("pointerdown", 0, { pointerType, clientX: 100, clientY: 500 });
    page.mouse("pointermove", -1, { pointerType, clientX: 150, clientY: 500 });
  };
  return { page, device, push };
}

describe("touch", () => {
  it("[TOUCH-3] a finger holds a stick; a pen, like a mouse, does not", () => {
    const { device, push } = setUp();
    push("pen");
    push("mouse");
    expect(device.stick.x).toBe(0);
    push("touch");
    expect(device.stick.x).toBe(MOVE_MAX);
  });

  it("[TOUCH-4] a thumb that the browser takes away, or that another window gets, lets go of its stick", () => {
    const { page, device, push } = setUp();
    for (const end of ["pointercancel", "blur"]) {
      push("touch");
      expect(device.stick.x).toBe(MOVE_MAX);
      page.mouse(end, 0, { pointerType: "touch" });
      expect(device.stick.x).toBe(0);
    }
  });
});

describe("touch for different hands", () => {
  const REST = { x: 120, y: 600 };
  function hold(how: Partial<TouchWiring>) {
    const page = fakePage();
    let shown: ShownSticks = {};
    const device = createTouch({
      surface: page.surface,
      radiusPx: () => 50,
      isAway: () => false,
      show: (sticks) => {
        shown = sticks;
      },
      ...how,
    });
    const finger = (type: string, clientX: number, clientY: number) =>
      page.mouse(type, 0, { pointerType: "touch", clientX, clientY });
    return { device, finger, shown: () => shown };
  }

  it("[HANDS-10] left-handed, the right thumb moves and the left one aims", () => {
    const { device, finger } = hold({ isLeftHanded: () => true });
    finger("pointerdown", 100, 500);
    finger("pointermove", 100, 560);
    expect(device.stick).toEqual({ x: 0, y: 0 });
    expect(device.aim(() => ({ aim: 0, px: 0 })).aim).toBeCloseTo(Math.PI / 2);
    expect(device.takeButtons()).toBe(BUTTON.fire);
    finger("pointerup", 100, 560);
    finger("pointerdown", 1500, 500);
    finger("pointermove", 1440, 500);
    expect(device.stick).toEqual({ x: -MOVE_MAX, y: 0 });
  });

  it("[HANDS-11] a fixed stick is pushed from where it rests at once, and stays there; a floating one is dragged along", () => {
    const fixed = hold({ fixedAt: () => REST });
    fixed.finger("pointerdown", REST.x + 25, REST.y);
    expect(fixed.shown().move).toMatchObject({ ...REST, push: { x: 0.5, y: 0 } });
    fixed.finger("pointermove", REST.x, REST.y - 300);
    expect(fixed.shown().move).toMatchObject({ ...REST, push: { x: 0, y: -1 } });

    const floating = hold({});
    floating.finger("pointerdown", 200, 500);
    expect(floating.shown().move).toMatchObject({ x: 200, y: 500, push: { x: 0, y: 0 } });
    floating.finger("pointermove", 300, 500);
    expect(floating.shown().move).toMatchObject({ x: 250, y: 500, push: { x: 1, y: 0 } });
  });
});
