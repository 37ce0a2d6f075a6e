/** How much the picture may move. What moves for its own sake (shake, sway, afterimages) asks here, each time. */
import { settings } from "#client/settings/settings.ts";

export const motion = {
  get reduced(): boolean {
    return settings.reducedMotion.value;
  },
};
