import { describe, expect, it } from "vitest";
import { deviceInUse } from "#client/deviceInUse.ts";
import { fakePage } from "#client/input/fakePage.ts";
import { BUTTON, MOVE_MAX } from "#shared/schema/input.ts";
import { createArenaInput } from "./arenaInput.ts";

function setUp() {
  const page = fakePage({ getGamepads: () => [] });
  deviceInUse.value = "keys";
  return { page, input: createArenaInput(page.surface) };
}

const UP = { x: 0, y: -MOVE_MAX };

describe("the arena's input", () => {
  it("[ARENA-INPUT-1] keys and buttons that are held while the next match begins are held in it", () => {
    const { page, input } = setUp();
    input.steer("drone");
    page.key("keydown", "KeyW");
    page.mouse("pointerdown", 0);
    input.steer("nothing");
    expect(input.devices.stick).toEqual({ x: 0, y: 0 });
    input.steer("drone");
    expect(input.devices.stick).toEqual(UP);
    expect(input.devices.takeButtons()).toBe(BUTTON.fire);
    page.key("keyup", "KeyW");
    expect(input.devices.stick).toEqual({ x: 0, y: 0 });
  });

  it("[ARENA-INPUT-2] so is a thumb on its stick", () => {
    const { page, input } = setUp();
    deviceInUse.value = "touch";
    input.steer("drone");
    const thumb = { pointerType: "touch", clientY: 500 };
    page.mouse("pointerdown", 0, { ...thumb, clientX: 100 });
    page.mouse("pointermove", -1, { ...thumb, clientX: 160 });
    input.steer("nothing");
    input.steer("drone");
    expect(input.devices.stick.x).toBe(MOVE_MAX);
  });

  it("[ARENA-INPUT-3] a press from before the match has no effect in it", () => {
    const { page, input } = setUp();
    page.key("keydown", "Space");
    page.key("keyup", "Space");
    input.steer("drone");
    expect(input.devices.takeButtons()).toBe(0);
  });

  it("[ARENA-INPUT-4] a spectator's keys steer the camera and not the drone", () => {
    const { page, input } = setUp();
    page.key("keydown", "KeyW");
    input.steer("camera");
    expect(input.watch.stick).toEqual({ x: 0, y: -1 });
    expect(input.devices.stick).toEqual({ x: 0, y: 0 });
  });
});
