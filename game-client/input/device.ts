/** What every device is to the game: a stick, a direction, and buttons. */

/** Where a point on the screen is, seen from the own drone: radians, and px of the world. */
export type AimAt = (clientX: number, clientY: number) => { aim: number; px: number };

export interface Aim {
  /** Radians, 0 to the right, clockwise on screen. */
  readonly aim: number;
  /** Steps of REACH_STEP_PX, 0…255. */
  readonly reach: number;
}

export interface Device {
  /** −127…127 an axis, inside its circle; right and down are positive. */
  readonly stick: { readonly x: number; readonly y: number };
  /** Only devices that point at a place on the screen ask `aimAt`. */
  aim(aimAt: AimAt): Aim;
  /** Bits of BUTTON that are down, or were since the last takeButtons(): a press shorter than a tick counts. */
  readonly buttons: number;
  takeButtons(): number;
  dispose(): void;
}
