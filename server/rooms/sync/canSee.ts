/** Which placed events a player may learn of. */
import type { Arena } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { ArenaState, Drone } from "#shared/schema/state.ts";
import { isHidden } from "#shared/sim/concealment.ts";
import type { PlacedEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isAlive } from "#shared/sim/world.ts";

interface World {
  readonly arena: Arena;
  readonly state: ArenaState;
}

/**
 * Whether the player with this session ID may learn of the event. Shooter and victim always learn of a hit. Other
 * events must happen in view (a beam: either end), and the drone whose position they reveal (the victim of a hit, the
 * drone that respawns or picks up) must not be hidden. A beam reveals its shooter anyway, and a wreck is no secret.
 */
export function canSee({ arena, state }: World, playerId: string, event: PlacedEvent): boolean {
  const { drones, tick } = state;
  const own = drones.get(playerId);
  if (!own) return false;
  const eye = eyeOf(own, state);
  if (event.type === "hit" && (event.shooter === playerId || event.victim === playerId)) return true;
  const revealedId = revealedDrone(event);
  const revealed = revealedId === undefined || revealedId === playerId ? undefined : drones.get(revealedId);
  if (revealed && isHidden(arena, revealed, eye, tick)) return false;
  if (isInView(eye, event)) return true;
  return event.type === "beam" && isInView(eye, { x: event.toX, y: event.toY });
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

function isInView(eye: Place, place: Place): boolean {
  return (
    Math.abs(place.x - eye.x) < VIEW_WIDTH_PX / 2 + VIEW_MARGIN_PX &&
    Math.abs(place.y - eye.y) < VIEW_HEIGHT_PX / 2 + VIEW_MARGIN_PX
  );
}
