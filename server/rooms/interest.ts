/** Who is told of what: a client's view holds what its player could have on screen, and a margin around it. */

import type { Client } from "@colyseus/core";
import { StateView } from "@colyseus/schema";
import { VIEW_HEIGHT_PX, VIEW_HYSTERESIS_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { type ArenaState, type Drone, OWNER, type Projectile } from "#shared/schema/state.ts";
import type { PlacedEvent } from "#shared/sim/event.ts";
import { flownPx, placeAlong } from "#shared/sim/projectile.ts";

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Gives the client a view that shows its own drone whole; the rest follows with the next updateView. */
export function openView(client: Client, ownDrone: Drone): void {
  client.view = new StateView();
  client.view.add(ownDrone, OWNER);
}

/** Brings a client's view up to date with who is near its drone. Called before each patch. */
export function updateView(view: StateView, ownDrone: Drone, state: ArenaState): void {
  for (const drone of state.drones.values()) {
    if (drone !== ownDrone) showWhenNear(view, drone, ownDrone, drone);
  }
  for (const projectile of state.projectiles.values()) {
    showWhenNear(view, projectile, ownDrone, projectilePlace(projectile, state.tick));
  }
}

/** Whether a player at `eye` sees or hears it. A beam is seen by who is near either end. */
export function perceives(eye: Place, event: PlacedEvent): boolean {
  if (isNear(eye, event, VIEW_MARGIN_PX)) return true;
  return event.type === "beam" && isNear(eye, { x: event.toX, y: event.toY }, VIEW_MARGIN_PX);
}

function showWhenNear(view: StateView, entity: Drone | Projectile, eye: Place, place: Place): void {
  const isShown = view.has(entity);
  const marginPx = isShown ? VIEW_MARGIN_PX + VIEW_HYSTERESIS_PX : VIEW_MARGIN_PX;
  const isSeen = isNear(eye, place, marginPx);
  if (isSeen && !isShown) view.add(entity);
  else if (isShown && !isSeen) view.remove(entity);
}

function isNear(eye: Place, place: Place, marginPx: number): boolean {
  return (
    Math.abs(place.x - eye.x) < VIEW_WIDTH_PX / 2 + marginPx &&
    Math.abs(place.y - eye.y) < VIEW_HEIGHT_PX / 2 + marginPx
  );
}

function projectilePlace(projectile: Projectile, tick: number): Place {
  const gonePx = Math.min(flownPx(projectile, tick - projectile.bornTick), projectile.reachPx);
  return placeAlong(projectile, gonePx);
}
