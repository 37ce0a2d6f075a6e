/** Converts a sound's place in the world to volume and stereo panning. */

/** Offset from the listener, world px; right and down are positive. */
export interface Offset {
  dx: number;
  dy: number;
}

/** `volume` is 0 to 1, `pan` −1 (left) to 1 (right). */
export interface Placement {
  volume: number;
  pan: number;
}

const SILENT_BEYOND_PX = 1400;
const FULL_PAN_PX = 800;
/** Hard left or right is unpleasant in headphones. */
const PAN_MAX = 0.85;

export const AT_LISTENER: Placement = { volume: 1, pan: 0 };

/** Undefined if the sound is too far away to be heard. */
export function placeSound({ dx, dy }: Offset): Placement | undefined {
  const nearness = 1 - Math.hypot(dx, dy) / SILENT_BEYOND_PX;
  if (!(nearness > 0)) return undefined;
  return { volume: nearness ** 1.5, pan: Math.max(-PAN_MAX, Math.min(PAN_MAX, dx / FULL_PAN_PX)) };
}
