/** Reads from the settings how much help the device in use gets: aim assist and the automatic trigger. */
import type { DeviceKind } from "#client/deviceInUse.ts";
import { settings } from "./settings.ts";

/** Strength of the aim assist, 0 to 1. A mouse points at a place, and has none. */
export const assistStrength = (device: DeviceKind): number =>
  device === "keys" ? 0 : settings.aimAssist.value;

/** Whether the blaster fires by itself at enemies in its line. */
export function autoFiresWith(device: DeviceKind): boolean {
  const where = settings.autoFire.value;
  return where === "always" || (where === "touch" && device === "touch");
}

/** Whether any help needs to know the enemies on the screen. */
export const needsHelp = (device: DeviceKind): boolean => assistStrength(device) > 0 || autoFiresWith(device);
