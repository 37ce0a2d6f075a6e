/**
 * The one question that the simulation asks its caller: where did a shooter see its targets when it fired?
 * A room answers by rewinding to what the shooter's screen showed; tests and the title's demo answer with the present.
 */
import type { Command } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Sight {
  /** Where the shooter saw the victim, or undefined when the victim was not in the world yet. */
  placeOf(victimId: string, victim: Drone): Place | undefined;
  /**
   * The victim's places on its own screen during the last COVER_MS, the present included. This bounds how far the
   * rewind favours the shooter: a hit needs a clear line to one of them.
   */
  recentPlacesOf(victimId: string, victim: Drone): Iterable<Place>;
}

export type SeenBy = (shooterId: string, command: Command) => Sight;

const PRESENT: Sight = { placeOf: (_id, victim) => victim, recentPlacesOf: (_id, victim) => [victim] };

/** Answers with the present: no rewind. */
export const seenNow: SeenBy = () => PRESENT;
