/** Whether motion is reduced and how bright flashes are; read on each use, because the settings may change. */
import { settings } from "#client/settings/settings.ts";

export const motion = {
  /** Whether decorative motion (shake, sway, afterimages) is reduced. */
  get reduced(): boolean {
    return settings.reducedMotion.value;
  },
};

export const flashes = {
  /** Factor of the brightness of flashes, 0 to 1. */
  get level(): number {
    return settings.flashLevel.value;
  },
};
