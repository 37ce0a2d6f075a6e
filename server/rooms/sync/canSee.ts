/** Which placed events an onlooker may learn of: a player, or a spectator who sees everything. */
import type { Arena } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { ArenaState, Drone } from "#shared/schema/state.ts";
import { isBeyondBush, isConcealed } from "#shared/sim/concealment.ts";
import type { PlacedEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isAlive } from "#shared/sim/world.ts";

/** The part of a world that decides who sees what. */
export interface Watched {
  readonly arena: Arena;
  readonly state: ArenaState;
}

/** Who looks: a player, from where its `eye` is, or someone who sees everything. */
export type Onlooker = { readonly id: string; readonly eye: Drone } | "everything";

/** The onlooker with this session ID; undefined without a drone. */
export function playerAt(state: ArenaState, id: string): Onlooker | undefined {
  const own = state.drones.get(id);
  return own && { id, eye: eyeOf(own, state) };
}

/** An event, with what decides for all clients alike who may learn of it. */
export interface Sighting {
  readonly event: PlacedEvent;
  /** The drone whose position the event reveals (the victim of a hit, the drone that respawns or picks up), when a bush conceals it. */
  readonly concealed: Drone | undefined;
}

export function sightingOf({ arena, state }: Watched, event: PlacedEvent): Sighting {
  const id = revealedDrone(event);
  const drone = id === undefined ? undefined : state.drones.get(id);
  return { event, concealed: drone && isConcealed(arena, drone, state.tick) ? drone : undefined };
}

/**
 * Whether the onlooker may learn of the event. Shooter and victim always learn of a hit. Other events must happen in view
 * (a beam: either end), and must not reveal a drone that a bush hides from the eye. A beam reveals its shooter anyway, and
 * a wreck is no secret.
 */
export function canSee(onlooker: Onlooker, { event, concealed }: Sighting): boolean {
  if (onlooker === "everything") return true;
  const { id, eye } = onlooker;
  if (event.type === "hit" && (event.shooter === id || event.victim === id)) return true;
  const isSeen =
    isInView(eye, event.x, event.y) || (event.type === "beam" && isInView(eye, event.toX, event.toY));
  // A player's own drone is never beyond a bush: while it lives, it is the eye.
  return isSeen && !(concealed && isBeyondBush(concealed.x - eye.x, concealed.y - eye.y));
}

/** The drone whose surroundings a player sees: a destroyed drone sees through its killer's eyes while the killer has one. */
export function eyeOf(drone: Drone, { drones }: Pick<ArenaState, "drones">): Drone {
  return isAlive(drone) ? drone : (drones.get(drone.killer) ?? drone);
}

/** ID of the drone whose position the event reveals, where a bush could keep it secret. */
function revealedDrone(event: PlacedEvent): string | undefined {
  if (event.type === "hit") return event.victim;
  return event.type === "spawn" || event.type === "pickup" ? event.drone : undefined;
}

function isInView(eye: Place, x: number, y: number): boolean {
  return (
    Math.abs(x - eye.x) < VIEW_WIDTH_PX / 2 + VIEW_MARGIN_PX &&
    Math.abs(y - eye.y) < VIEW_HEIGHT_PX / 2 + VIEW_MARGIN_PX
  );
}
