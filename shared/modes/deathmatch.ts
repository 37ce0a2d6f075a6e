/** Deathmatch: every drone for itself; a kill scores a point. */
import { DEATHMATCH } from "#shared/tuning.ts";
import type { Mode } from "./mode.ts";
import { scoreDrone } from "./score.ts";

export const deathmatch: Mode = {
  teams: 0,
  scoreLimit: DEATHMATCH.scoreLimit,
  objective: "hunt",
  begin() {},
  judge(world, events) {
    for (const event of events) {
      if (event.type === "kill") scoreDrone(world, event.killer, DEATHMATCH.pointsPerKill);
    }
  },
};
