/** Which drones are enemies of each other. */
import type { Rules } from "./rules.ts";
import type { World } from "./world.ts";

export const isTeamed = ({ teams }: Pick<Rules, "teams">): boolean => teams > 0;

/** Whether two drones are on the same team; always false in a mode without teams. */
export function areMates({ state, rules }: World, one: string, other: string): boolean {
  const team = isTeamed(rules) ? state.drones.get(one)?.team : undefined;
  return team !== undefined && team === state.drones.get(other)?.team;
}

/** Whether a shot of one team hits a hull of the other; without friendly fire it passes through team mates. */
export const canHurt = (
  { rules }: { rules: Pick<Rules, "friendlyFire"> },
  shooterTeam: number | undefined,
  victimTeam: number,
): boolean => rules.friendlyFire || shooterTeam !== victimTeam;
