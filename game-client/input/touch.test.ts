import { describe, expect, it } from "vitest";
import { MOVE_MAX } from "#shared/schema/input.ts";
import { fakePage } from "./fakePage.ts";
import { createTouch } from "./touch.ts";

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
