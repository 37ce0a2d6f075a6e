/** How much help the hands on a device get, by the player's settings. */
import type { DeviceKind } from "#client/deviceInUse.ts";
import { settings } from "./settings.ts";

/** What a strength of 1 in the settings pulls: with it, thumbs still lose to a mouse (input/assistDuels.test.ts). */
export const ASSIST_MAX = 1;

/** Strength of the aim assist, 0 to ASSIST_MAX. A mouse points at a place, and has none. */
export const assistStrength = (device: DeviceKind): number =>
  device === "keys" ? 0 : settings.aimAssist.value * ASSIST_MAX;

/** Whether the blaster fires by itself at enemies in its line. */
export function autoFiresWith(device: DeviceKind): boolean {
  const where = settings.autoFire.value;
  return where === "always" || (where === "touch" && device === "touch");
}

/** Whether any help needs to know the enemies on the screen. */
export const needsHelp = (device: DeviceKind): boolean => assistStrength(device) > 0 || autoFiresWith(device);
