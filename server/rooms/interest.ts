/**
 * Who is told of what. A client's view holds what its player could have on screen, with a margin around it and
 * without whom a bush hides; events go to those who may know their place.
 */
import { type Client, ClientState } from "@colyseus/core";
import { StateView } from "@colyseus/schema";
import type { Arena } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_HYSTERESIS_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { type ArenaState, type Drone, OWNER, type Pickup, type Projectile } from "#shared/schema/state.ts";
import { type Hideable, isHidden } from "#shared/sim/concealment.ts";
import type { PlacedEvent } from "#shared/sim/event.ts";
import { placeOfProjectile } from "#shared/sim/projectile.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isAlive } from "#shared/sim/world.ts";
import { type Chained, SpatialHash } from "./spatialHash.ts";

/** About a sixth of a view: few cells to look at, and few in them that are out of view. */
const CELL_PX = 256;

/** The part of a client that matters here. */
export type Viewer = Pick<Client, "sessionId" | "state" | "view">;

/**
 * What a client looks at: its own drone's surroundings, what another's player may see (and none of what is that
 * player's alone), all there is, or nothing.
 */
export type Gaze =
  | { readonly at: "own" | "followed"; readonly drone: string }
  | { readonly at: "everything" }
  | { readonly at: "nothing" };

const ownDrone = (sessionId: string): Gaze => ({ at: "own", drone: sessionId });

type Entity = Drone | Projectile | Pickup;

/**
 * An entity, as long as it is in the state, and what decides at this patch who sees it: read once, for every client
 * asks, and a schema's fields are slow to read. What is no drone counts as a wreck does: no bush hides it.
 */
interface Tracked extends Chained<Tracked>, Hideable {
  readonly entity: Entity;
  x: number;
  y: number;
  hp: number;
  lastFiredTick: number;
  /** Number of the last patch at which it was in the state. */
  patch: number;
  /** Number of the last look that had it in view already. */
  look: number;
}

export class Interest {
  readonly #arena: Arena;
  readonly #state: ArenaState;
  readonly #gazeOf: (sessionId: string) => Gaze;
  readonly #hash: SpatialHash<Tracked>;
  readonly #tracked = new Map<Entity, Tracked>();
  /** What each view holds besides its player's own drone. */
  readonly #shown = new WeakMap<StateView, Tracked[]>();
  #patch = 0;
  #tick = 0;
  /** Counts every client's turn at every patch. */
  #looks = 0;

  constructor(arena: Arena, state: ArenaState, gazeOf = ownDrone) {
    this.#arena = arena;
    this.#state = state;
    this.#gazeOf = gazeOf;
    this.#hash = new SpatialHash(arena.widthPx, arena.heightPx, CELL_PX);
  }

  /** Gives the client a view that shows its own drone whole, if it has one; the rest follows with the next update. */
  openView(client: Viewer, ownDrone?: Drone): void {
    client.view = new StateView();
    // Without anything in it a view would not even say that there is nothing: what is known would stay.
    if (ownDrone) client.view.add(ownDrone, OWNER);
    else client.view.add(this.#state.hill);
    this.#shown.set(client.view, []);
  }

  /**
   * For a connection that is gone. A view that outlived it would stand still, and tell who reconnects the present
   * of those whom it held then, wherever they have gone or hidden since.
   */
  closeView(client: Viewer): void {
    client.view?.dispose();
    delete client.view;
  }

  /** Brings all views up to date. Called before each patch. */
  update(clients: Iterable<Viewer>): void {
    this.#track();
    for (const { sessionId, state, view } of clients) {
      // Who has not acknowledged the join yet takes no patches: changes to its view would only pile up.
      if (view && state === ClientState.JOINED) this.#lookAt(this.#gazeOf(sessionId), view);
    }
  }

  /** Whether a client that looks so may know of it. */
  tells(gaze: Gaze, event: PlacedEvent): boolean {
    if (gaze.at === "everything" || gaze.at === "nothing") return gaze.at === "everything";
    return this.perceives(gaze.drone, event);
  }

  /**
   * Whether a player may know of it. Who dealt or took a hit always does. Otherwise one must be near (of a beam:
   * either end), and the drone whose place it tells must not be hidden: the victim of a hit, the one that returns.
   * A beam's shooter has just given itself away, and a wreck is no secret.
   */
  perceives(eyeId: string, event: PlacedEvent): boolean {
    const { drones, tick } = this.#state;
    const own = drones.get(eyeId);
    if (!own) return false;
    const eye = eyeOf(own, this.#state);
    if (event.type === "hit" && (event.shooter === eyeId || event.victim === eyeId)) return true;
    const subject = placedDrone(event);
    const drone = subject === undefined || subject === eyeId ? undefined : drones.get(subject);
    if (drone && isHidden(this.#arena, drone, eye, tick)) return false;
    if (isNear(eye, event, VIEW_MARGIN_PX)) return true;
    return event.type === "beam" && isNear(eye, { x: event.toX, y: event.toY }, VIEW_MARGIN_PX);
  }

  #track(): void {
    this.#patch++;
    this.#hash.clear();
    const { drones, projectiles, pickups, tick } = this.#state;
    this.#tick = tick;
    for (const drone of drones.values()) {
      const tracked = this.#trackedOf(drone);
      tracked.hp = drone.hp;
      tracked.lastFiredTick = drone.lastFiredTick;
      this.#place(tracked, drone);
    }
    for (const projectile of projectiles.values()) {
      const place = placeOfProjectile(projectile, this.#arena, tick - projectile.bornTick);
      this.#place(this.#trackedOf(projectile), place);
    }
    for (const pickup of pickups.values()) this.#place(this.#trackedOf(pickup), pickup);
    if (this.#tracked.size === drones.size + projectiles.size + pickups.size) return;
    for (const [entity, { patch }] of this.#tracked) if (patch !== this.#patch) this.#tracked.delete(entity);
  }

  #trackedOf(entity: Entity): Tracked {
    let tracked = this.#tracked.get(entity);
    if (!tracked) {
      tracked = { entity, x: 0, y: 0, hp: 0, lastFiredTick: 0, patch: 0, look: 0, nextInCell: undefined };
      this.#tracked.set(entity, tracked);
    }
    return tracked;
  }

  #place(tracked: Tracked, { x, y }: Place): void {
    tracked.x = x;
    tracked.y = y;
    tracked.patch = this.#patch;
    this.#hash.add(tracked);
  }

  #lookAt(gaze: Gaze, view: StateView): void {
    const shown = this.#shown.get(view);
    if (!shown) return;
    this.#looks++;
    if (gaze.at === "everything" || gaze.at === "nothing") {
      this.#takeBack(view, shown, () => gaze.at === "everything");
      if (gaze.at === "everything")
        for (const tracked of this.#tracked.values()) this.#show(view, shown, tracked);
      return;
    }
    const drone = this.#state.drones.get(gaze.drone);
    const subject = drone && this.#tracked.get(drone);
    const eye = drone && this.#tracked.get(eyeOf(drone, this.#state));
    if (!subject || !eye) return;
    // The own drone is in the view from the beginning.
    if (gaze.at === "own") subject.look = this.#looks;
    this.#look(view, shown, eye, subject);
  }

  /** The subject is always seen, wherever its eye is. */
  #look(view: StateView, shown: Tracked[], eye: Tracked, subject: Tracked): void {
    const farthestPx = VIEW_MARGIN_PX + VIEW_HYSTERESIS_PX;
    this.#takeBack(view, shown, (tracked) => tracked === subject || this.#sees(eye, tracked, farthestPx));
    this.#show(view, shown, subject);
    const halfWidthPx = VIEW_WIDTH_PX / 2 + VIEW_MARGIN_PX;
    const halfHeightPx = VIEW_HEIGHT_PX / 2 + VIEW_MARGIN_PX;
    this.#hash.forEachAround(eye.x, eye.y, halfWidthPx, halfHeightPx, (tracked) => {
      if (tracked.look === this.#looks || !this.#sees(eye, tracked, VIEW_MARGIN_PX)) return;
      this.#show(view, shown, tracked);
    });
  }

  #show(view: StateView, shown: Tracked[], tracked: Tracked): void {
    if (tracked.look === this.#looks) return;
    tracked.look = this.#looks;
    view.add(tracked.entity);
    shown.push(tracked);
  }

  /** What has left the state needs no taking back: its deletion is told to every view that holds it. */
  #takeBack(view: StateView, shown: Tracked[], keeps: (tracked: Tracked) => boolean): void {
    let kept = 0;
    for (const tracked of shown) {
      if (tracked.patch !== this.#patch) continue;
      tracked.look = this.#looks;
      if (keeps(tracked)) shown[kept++] = tracked;
      else view.remove(tracked.entity);
    }
    shown.length = kept;
  }

  #sees(eye: Tracked, tracked: Tracked, marginPx: number): boolean {
    return isNear(eye, tracked, marginPx) && !isHidden(this.#arena, tracked, eye, this.#tick);
  }
}

/** Who is destroyed looks through the eyes of who did it, as long as that one is there. */
export function eyeOf(drone: Drone, { drones }: Pick<ArenaState, "drones">): Drone {
  return isAlive(drone) ? drone : (drones.get(drone.killer) ?? drone);
}

/** Whose place an event tells, where that may be a secret. */
function placedDrone(event: PlacedEvent): string | undefined {
  if (event.type === "hit") return event.victim;
  return event.type === "spawn" || event.type === "pickup" ? event.drone : undefined;
}

function isNear(eye: Place, place: Place, marginPx: number): boolean {
  return (
    Math.abs(place.x - eye.x) < VIEW_WIDTH_PX / 2 + marginPx &&
    Math.abs(place.y - eye.y) < VIEW_HEIGHT_PX / 2 + marginPx
  );
}
