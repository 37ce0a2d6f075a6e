/** Shakes the phone or the gamepad in the player's hands. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { settings } from "#client/settings/settings.ts";

interface Shake {
  /** For phones: on, off, on …, ms. */
  readonly patternMs: number[];
  /** For gamepads: duration, ms, and strengths of the heavy and the light motor, 0 to 1. */
  readonly durationMs: number;
  readonly strong: number;
  readonly weak: number;
}

const SHAKES = {
  hit: { patternMs: [25], durationMs: 90, strong: 0.35, weak: 0.5 },
  kill: { patternMs: [30, 50, 30], durationMs: 180, strong: 0.2, weak: 0.9 },
  destroyed: { patternMs: [180], durationMs: 350, strong: 1, weak: 0.6 },
  lowHealth: { patternMs: [60, 60, 60, 60, 60], durationMs: 300, strong: 0.7, weak: 0.2 },
} as const satisfies Record<string, Readonly<Omit<Shake, "patternMs"> & { patternMs: readonly number[] }>>;

export type ShakeName = keyof typeof SHAKES;

/** Does nothing for a mouse, with haptics off, and where the browser or the device cannot shake. */
export function shakeHands(name: ShakeName): void {
  if (!settings.haptics.value) return;
  if (deviceInUse.value === "touch") navigator.vibrate?.([...SHAKES[name].patternMs]);
  if (deviceInUse.value === "pad") shakePads(name);
}

function shakePads(name: ShakeName): void {
  const { durationMs: duration, strong: strongMagnitude, weak: weakMagnitude } = SHAKES[name];
  for (const pad of navigator.getGamepads?.() ?? []) {
    const effect = { duration, strongMagnitude, weakMagnitude };
    // Refused while the page is hidden, or by a pad without motors.
    pad?.vibrationActuator?.playEffect("dual-rumble", effect).catch(() => {});
  }
}
