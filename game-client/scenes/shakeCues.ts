/** Shakes the device in the player's hands: for hits taken, kills, the own end, and a health that has become low. */
import type { ShakeName } from "#client/input/haptics.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { DRONE } from "#shared/tuning.ts";

/** Share of full health up to which it is low, as the HUD's red rim shows it. */
const LOW_SHARE = 0.3;

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
      const isLow = me !== "" && hp > 0 && hp <= DRONE.hp * LOW_SHARE;
      if (isLow && !wasLow) shake("lowHealth");
      wasLow = isLow;
    },
  };
}
