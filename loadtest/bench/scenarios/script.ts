/** Every scenario of the bench shares these rates, names, and the way in which its players are given commands. */
import { PATCHES_PER_SEC, TICKS_PER_SEC } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";

/** The rates of every server. A client sends one command a tick. */
export const RATES = { ticksPerSec: TICKS_PER_SEC, patchesPerSec: PATCHES_PER_SEC } as const;

/** Steps of a full turn: the resolution of a drone's aim on the wire. */
export const AIM_STEPS = 256;
const AIM_STEP_RAD = (2 * Math.PI) / AIM_STEPS;

/** The commands of one player. They depend on nothing that the server sends, so they are the same on all servers. */
export interface Script {
  /** The player's n-th command, counted from 1. */
  command(n: number): Command;
  /** The command that set this aim, as its number modulo AIM_STEPS. `aim` is in radians, rounded as on the wire. */
  commandShownBy(aim: number): number;
}

/** Turns one step with every command: on wires without an ack the aim shows which command a patch contains. */
export interface Turning {
  aimOf(n: number): number;
  readonly commandShownBy: Script["commandShownBy"];
}

/** Players aim in different directions at the same time. */
export function turning(player: number): Turning {
  const offset = (player * 37) % AIM_STEPS;
  return {
    aimOf: (n) => ((n + offset) % AIM_STEPS) * AIM_STEP_RAD,
    commandShownBy: (aim) => (Math.round(aim / AIM_STEP_RAD) - offset + 2 * AIM_STEPS) % AIM_STEPS,
  };
}

export const nameOf = (player: number): string => `Drone ${player}`;

/** The inverse of nameOf. */
export const playerCalled = (name: string): number => Number(name.slice("Drone ".length));
