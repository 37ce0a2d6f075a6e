/** Says how many drones make an arena lively. */
import { COMPANY_MAX, COMPANY_MIN } from "#shared/config.ts";
import type { Arena } from "./arena.ts";

/** Bots fill a public room in this arena up to this many drones: as many as it is made for, within what bots may cost. */
export const companyOf = ({ players }: Pick<Arena, "players">): number =>
  Math.min(Math.max(players.min, COMPANY_MIN), COMPANY_MAX);

/** Whether so many drones have a good fight here: neither crowded nor lost. */
export const suits = ({ players }: Pick<Arena, "players">, drones: number): boolean =>
  drones <= players.max && drones >= players.min / 2;
