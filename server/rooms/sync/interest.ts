/**
 * Who is told of what: through whose eyes a client looks (what they see is areaOfInterest.ts), and which events it may know of.
 */
import { type Client, ClientState } from "@colyseus/core";
import { StateView } from "@colyseus/schema";
import type { Arena } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_MARGIN_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { type ArenaState, type Drone, OWNER } from "#shared/schema/state.ts";
import { isHidden } from "#shared/sim/concealment.ts";
import type { PlacedEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isAlive } from "#shared/sim/world.ts";
import { AreaOfInterest, type Watching } from "./areaOfInterest.ts";
import { EntityTable } from "./entityTable.ts";

/** The part of a client that matters here. */
export type Viewer = Pick<Client, "sessionId" | "state" | "view">;

/**
 * What a client looks at: its own drone's surroundings, what another's player may see (and none of what is that
 * player's alone), all there is, or nothing.
 */
export type ViewTarget =
  | { readonly at: "own" | "followed"; readonly drone: string }
  | { readonly at: "everything" }
  | { readonly at: "nothing" };

const ownDrone = (sessionId: string): ViewTarget => ({ at: "own", drone: sessionId });

export class Interest {
  readonly #arena: Arena;
  readonly #state: ArenaState;
  readonly #targetOf: (sessionId: string) => ViewTarget;
  readonly #entityTable: EntityTable;
  readonly #areasOfInterest = new WeakMap<StateView, AreaOfInterest>();

  constructor(arena: Arena, state: ArenaState, targetOf = ownDrone) {
    this.#arena = arena;
    this.#state = state;
    this.#targetOf = targetOf;
    this.#entityTable = new EntityTable(arena, state);
  }

  /** Gives the client a view that shows its own drone whole, if it has one; the rest follows with the next update. */
  openView(client: Viewer, ownDrone?: Drone): void {
    client.view = new StateView();
    // Without anything in it a view would not even say that there is nothing: what is known would stay.
    if (ownDrone) client.view.add(ownDrone, OWNER);
    else client.view.add(this.#state.hill);
    this.#areasOfInterest.set(client.view, new AreaOfInterest(this.#entityTable, client.view));
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
    this.#entityTable.read();
    for (const { sessionId, state, view } of clients) {
      // Who has not acknowledged the join yet takes no patches: changes to its view would only pile up.
      const areaOfInterest =
        view && state === ClientState.JOINED ? this.#areasOfInterest.get(view) : undefined;
      if (areaOfInterest) this.#look(areaOfInterest, this.#targetOf(sessionId));
    }
  }

  /** Whether a client that looks so may know of it. */
  tells(target: ViewTarget, event: PlacedEvent): boolean {
    if (target.at === "everything" || target.at === "nothing") return target.at === "everything";
    return this.perceives(target.drone, event);
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

  /** What this view is told of; as of the last update. */
  motionIn(view: StateView): AreaOfInterest | undefined {
    return this.#areasOfInterest.get(view);
  }

  #look(areaOfInterest: AreaOfInterest, target: ViewTarget): void {
    const watching = target.at === "own" || target.at === "followed" ? this.#watching(target) : undefined;
    if (watching) areaOfInterest.watch(watching);
    else areaOfInterest.showAll(target.at === "everything");
  }

  #watching({ at, drone: id }: Extract<ViewTarget, { drone: string }>): Watching | undefined {
    const drone = this.#state.drones.get(id);
    const subject = drone && this.#entityTable.slotOf(drone);
    const eye = drone && this.#entityTable.slotOf(eyeOf(drone, this.#state));
    return subject === undefined || eye === undefined ? undefined : { eye, subject, isOwn: at === "own" };
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
