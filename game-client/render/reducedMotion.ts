/** Whether decorative motion (shake, sway, afterimages) is reduced; read on each use, because the setting may change. */
import { settings } from "#client/settings/settings.ts";

export const motion = {
  get reduced(): boolean {
    return settings.reducedMotion.value;
  },
};
