/** Points of drones and teams. */
import { lineUp } from "#shared/sim/lineup.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import type { World } from "#shared/sim/world.ts";

/** Does nothing when the drone has left the room. */
export function scoreDrone(world: World, id: string, points: number): void {
  const drone = world.state.drones.get(id);
  if (drone) drone.score += points;
}

export function scoreTeam({ state }: World, team: number, points: number): void {
  if (team === 0) state.scoreA += points;
  else state.scoreB += points;
}

/**
 * The two highest of the scores that decide the match: those of the teams in a team mode, else those of the drones.
 * `best` is 0 without any, `second` −∞ without another.
 */
export function highestScores(world: World): { best: number; second: number } {
  const { state, rules } = world;
  if (isTeamed(rules)) {
    return { best: Math.max(state.scoreA, state.scoreB), second: Math.min(state.scoreA, state.scoreB) };
  }
  const drones = lineUp(world).byId;
  let best = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (const { drone } of drones) {
    const { score } = drone;
    if (score > best) {
      second = best;
      best = score;
    } else if (score > second) second = score;
  }
  return { best: drones.length === 0 ? 0 : best, second };
}
