/** The interface of every input device: a stick, an aim and buttons. */

/** Converts a point in the window (CSS px) to a direction (radians) and distance (world px) from the own drone. */
export type AimAt = (clientX: number, clientY: number) => { aim: number; px: number };

export interface Aim {
  /** Radians; 0 is right, positive is clockwise on screen. */
  readonly aim: number;
  /** Distance in steps of REACH_STEP_PX, 0 to 255. */
  readonly reach: number;
}

export interface Device {
  /** −127 to 127 an axis, inside the circle; right and down are positive. */
  readonly stick: { readonly x: number; readonly y: number };
  /** Only devices that point at a place on the screen call `aimAt`. */
  aim(aimAt: AimAt): Aim;
  /** BUTTON bits that are down or were pressed since the last takeButtons(), so that a press below a tick counts. */
  readonly buttons: number;
  takeButtons(): number;
  /** Ends what a press has switched on (hold or toggle); called when the drone, the device or the screen changes. */
  letGo(): void;
}
