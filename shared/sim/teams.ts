/** Who is whose enemy. */
import { MODES } from "#shared/modes/modes.ts";
import type { Rules } from "#shared/modes/rules.ts";
import type { World } from "./world.ts";

export const isTeamed = ({ mode }: Pick<Rules, "mode">): boolean => MODES[mode].teams > 0;

/** Never in a mode without teams. */
export function areMates({ state, rules }: World, one: string, other: string): boolean {
  const team = isTeamed(rules) ? state.drones.get(one)?.team : undefined;
  return team !== undefined && team === state.drones.get(other)?.team;
}

/** Whether a shot of one team meets a hull of the other; without friendly fire it passes through team mates. */
export const canHurt = (
  { rules }: { rules: Rules },
  shooterTeam: number | undefined,
  victimTeam: number,
): boolean => rules.friendlyFire || shooterTeam !== victimTeam;
