/** Samples the devices into one command, once a tick. */
import type { Command } from "#shared/schema/input.ts";
import type { Aim, AimAt, Device } from "./device.ts";

export function sampleInput(devices: Device, aimAt: AimAt): Command {
  const { stick } = devices;
  return { moveX: stick.x, moveY: stick.y, ...sampleAim(devices, aimAt), buttons: devices.takeButtons() };
}

export const sampleAim = (devices: Device, aimAt: AimAt): Aim => devices.aim(aimAt);
