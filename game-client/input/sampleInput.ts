/** Devices → one command: what the player wants in this tick. */
import { type Command, REACH_STEP_PX } from "#shared/schema/input.ts";
import type { KeyboardMouse } from "./keyboardMouse.ts";

/** Where a point on the screen is, seen from the own drone: radians, and px of the world. */
export type AimAt = (clientX: number, clientY: number) => { aim: number; px: number };

export function sampleInput(devices: KeyboardMouse, aimAt: AimAt): Command {
  const { stick } = devices;
  return { moveX: stick.x, moveY: stick.y, ...sampleAim(devices, aimAt), buttons: devices.takeButtons() };
}

export function sampleAim({ pointer }: KeyboardMouse, aimAt: AimAt): { aim: number; reach: number } {
  const { aim, px } = aimAt(pointer.clientX, pointer.clientY);
  return { aim, reach: Math.min(255, Math.round(px / REACH_STEP_PX)) };
}
