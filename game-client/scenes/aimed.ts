/** Computes where the player aims, and how ready the weapons are, for the crosshair. */
import type { AimAt, Device } from "#client/input/device.ts";
import { sampleAim } from "#client/input/sampleInput.ts";
import type { Aimed } from "#client/render/views/crosshair.ts";
import { REACH_STEP_PX } from "#shared/schema/input.ts";
import { specialOf } from "#shared/sim/drive.ts";
import type { DroneBody } from "#shared/sim/world.ts";
import { WEAPONS } from "#shared/tuning.ts";

/** A stick has a direction and no place: its crosshair stands this far from the drone, where any view shows it. */
const STICK_AIM_PX = 240;

/** `self`: the own drone as predicted. `aimAt` turns a place in the window into a place in the arena. */
export function aimedBy(self: Readonly<DroneBody>, devices: Device, aimAt: AimAt): Aimed {
  let pointedPx: number | undefined;
  const { aim, reach } = sampleAim(devices, (clientX, clientY) => {
    const pointed = aimAt(clientX, clientY);
    pointedPx = pointed.px;
    return pointed;
  });
  const special = specialOf(self);
  return {
    aim,
    px: pointedPx ?? STICK_AIM_PX,
    // A pointer's reach is rounded to steps, which would show.
    lobPx: pointedPx ?? reach * REACH_STEP_PX,
    readyShare: 1 - self.cooldownTicks / WEAPONS.blaster.cooldownTicks,
    special,
    specialReadyShare: special ? 1 - self.specialCooldownTicks / WEAPONS[special].cooldownTicks : 1,
  };
}
