/**
 * The one question that the simulation asks of who runs it: where did a shooter see the others as it fired?
 * A room answers by rewinding to what the shooter's screen showed; a test, and a page that plays with itself, by
 * the present.
 */
import type { Command } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Sight {
  /** Where the shooter saw it, or undefined when it was not there yet. */
  placeOf(victimId: string, victim: Drone): Place | undefined;
  /**
   * Where it has been in the last moments by its own screen, the present included. Favouring the shooter ends
   * here: a hit needs a clear line to one of them.
   */
  recentPlacesOf(victimId: string, victim: Drone): Iterable<Place>;
}

export type SeenBy = (shooterId: string, command: Command) => Sight;

const PRESENT: Sight = { placeOf: (_id, victim) => victim, recentPlacesOf: (_id, victim) => [victim] };

export const seenNow: SeenBy = () => PRESENT;
