/** Devices → one command: what the player wants in this tick. */
import type { Command } from "#shared/schema/input.ts";
import type { KeyboardMouse } from "./keyboardMouse.ts";

/** `aimAt` turns a point on the screen into an angle from the own drone, radians. */
export function sampleInput(
  devices: KeyboardMouse,
  aimAt: (clientX: number, clientY: number) => number,
): Command {
  const { stick, pointer } = devices;
  return {
    moveX: stick.x,
    moveY: stick.y,
    aim: aimAt(pointer.clientX, pointer.clientY),
    buttons: devices.takeButtons(),
  };
}
