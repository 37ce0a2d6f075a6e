/** Says when health is low: for the rim, the heartbeat, the shake and the music alike. */
import { DRONE } from "#shared/tuning.ts";

/** Share of full health up to which it is low. */
const LOW_SHARE = 0.3;

/** False for a drone that is destroyed. */
export const isLowHealth = (hp: number): boolean => hp > 0 && hp <= LOW_SHARE * DRONE.hp;
