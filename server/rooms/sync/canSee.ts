/** Which placed events an onlooker may learn of: a player, or a spectator who sees everything. */
import type { Arena } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { ArenaState, Drone } from "#shared/schema/state.ts";
import { isBeyondBush, isConcealed } from "#shared/sim/concealment.ts";
import type { PlacedEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { NO_LEAN, viewCentre } from "#shared/sim/view.ts";
import { isAlive } from "#shared/sim/world.ts";

/** The part of a world that decides who sees what. */
export interface Watched {
  readonly arena: Arena;
  readonly state: ArenaState;
}

/** Who looks: a player, whose `eye` is in a view around `centre`, or someone who sees everything. */
export type Onlooker =
  | { readonly id: string; readonly team: number; readonly eye: Drone; readonly centre: Place }
  | "everything";

/** The onlooker with this session ID and lean; undefined without a drone. */
export function playerAt({ arena, state }: Watched, id: string, lean: Place): Onlooker | undefined {
  const own = state.drones.get(id);
  if (!own) return undefined;
  const eye = eyeOf(own, state);
  return { id, team: own.team, eye, centre: centreFor(own, eye, lean, arena) };
}

/** The middle of the view of a player whose drone is `own`: through a killer's eyes nobody leans. */
export const centreFor = (own: Drone, eye: Drone, lean: Place, arena: Arena): Place =>
  viewCentre(eye, eye === own ? lean : NO_LEAN, arena);

/** An event, with what decides for all clients alike who may learn of it. */
export interface Sighting {
  readonly event: PlacedEvent;
  /** The drone whose position the event reveals (the victim of a hit, the drone that respawns, picks up or shows an emote), when a bush conceals it. */
  readonly concealed: Drone | undefined;
  /** The side that alone learns of a ping. */
  readonly side: number | undefined;
}

export function sightingOf({ arena, state }: Watched, event: PlacedEvent): Sighting {
  const id = revealedDrone(event);
  const drone = id === undefined ? undefined : state.drones.get(id);
  return {
    event,
    concealed: drone && isConcealed(arena, drone, state.tick) ? drone : undefined,
    side: event.type === "ping" ? state.drones.get(event.drone)?.team : undefined,
  };
}

/**
 * Whether the onlooker may learn of the event. Shooter and victim always learn of a hit. Other events must happen in view
 * (a beam: either end), and must not reveal a drone that a bush hides from the eye. A beam reveals its shooter anyway, and
 * a wreck is no secret. A ping is its side's, wherever they are.
 */
export function canSee(onlooker: Onlooker, { event, concealed, side }: Sighting): boolean {
  if (onlooker === "everything") return true;
  const { id, team, eye, centre } = onlooker;
  if (event.type === "ping") return team === side;
  if (event.type === "hit" && (event.shooter === id || event.victim === id)) return true;
  const isSeen =
    isInView(centre, event.x, event.y) || (event.type === "beam" && isInView(centre, event.toX, event.toY));
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
  return event.type === "spawn" || event.type === "pickup" || event.type === "emote"
    ? event.drone
    : undefined;
}

/** Whether a place is in the area that a player is sent. */
export function isInView(centre: Place, x: number, y: number): boolean {
  return (
    Math.abs(x - centre.x) < VIEW_WIDTH_PX / 2 + VIEW_MARGIN_PX &&
    Math.abs(y - centre.y) < VIEW_HEIGHT_PX / 2 + VIEW_MARGIN_PX
  );
}
