/** Points of drones and teams. */
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

/** The scores that decide the match, highest first: those of the teams in a team mode, else those of the drones. */
export function ranking({ state, rules }: World): number[] {
  const scores = isTeamed(rules)
    ? [state.scoreA, state.scoreB]
    : Array.from(state.drones.values(), ({ score }) => score);
  return scores.sort((a, b) => b - a);
}
