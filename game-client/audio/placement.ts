/** Where a sound is, as the ear gets it. */

/** From the listener, in world px: right and down. */
export interface Offset {
  dx: number;
  dy: number;
}

/** How loud (0…1) and how far to the side (-1…1). */
export interface Placement {
  volume: number;
  pan: number;
}

const SILENT_BEYOND_PX = 1400;
const FULL_PAN_PX = 800;
/** Hard left or right is unpleasant in headphones. */
const PAN_MAX = 0.85;

export const AT_LISTENER: Placement = { volume: 1, pan: 0 };

/** `undefined` when it is too far away to be heard. */
export function placeSound({ dx, dy }: Offset): Placement | undefined {
  const nearness = 1 - Math.hypot(dx, dy) / SILENT_BEYOND_PX;
  if (!(nearness > 0)) return undefined;
  return { volume: nearness ** 1.5, pan: Math.max(-PAN_MAX, Math.min(PAN_MAX, dx / FULL_PAN_PX)) };
}
