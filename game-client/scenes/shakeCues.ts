/** Shakes the device in the player's hands: for hits taken, kills, the own end, and a health that has become low. */
import type { ShakeName } from "#client/input/haptics.ts";
import { isLowHealth } from "#client/lowHealth.ts";
import type { SimEvent } from "#shared/sim/event.ts";

export interface ShakeCues {
  hear(event: SimEvent): void;
  /** Call once a frame with the own health. */
  watch(hp: number): void;
}

/** `me` is the own session id, empty for a spectator, whom nothing shakes. */
export function createShakeCues(me: string, shake: (name: ShakeName) => void): ShakeCues {
  let wasLow = false;
  return {
    hear(event) {
      if (me === "") return;
      if (event.type === "hit" && event.victim === me) shake("hit");
      if (event.type === "kill" && event.victim === me) shake("destroyed");
      else if (event.type === "kill" && event.killer === me) shake("kill");
    },
    watch(hp) {
      const isLow = me !== "" && isLowHealth(hp);
      if (isLow && !wasLow) shake("lowHealth");
      wasLow = isLow;
    },
  };
}
