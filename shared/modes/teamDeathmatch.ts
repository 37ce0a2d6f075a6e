/** Team deathmatch: a kill scores a point for the killer and for its team. */
import { areMates } from "#shared/sim/teams.ts";
import { TEAM_DEATHMATCH } from "#shared/tuning.ts";
import type { Mode } from "./mode.ts";
import { scoreDrone, scoreTeam } from "./score.ts";

export const teamDeathmatch: Mode = {
  teams: 2,
  scoreLimit: TEAM_DEATHMATCH.scoreLimit,
  objective: "stayTogether",
  begin() {},
  judge(world, events) {
    for (const event of events) {
      if (event.type !== "kill") continue;
      const killer = world.state.drones.get(event.killer);
      // With friendly fire, destroying a team mate costs a point.
      const points = areMates(world, event.killer, event.victim) ? -1 : TEAM_DEATHMATCH.pointsPerKill;
      scoreDrone(world, event.killer, points);
      if (killer) scoreTeam(world, killer.team, points);
    }
  },
};
