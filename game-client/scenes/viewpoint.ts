/** From where the arena is seen: a player's drone or a spectator's camera, behind one interface. */
import type { Remotes } from "#client/net/remotes.ts";
import type { Shots } from "#client/net/shots.ts";
import type { ShownDrone } from "#client/render/shown.ts";
import type { Aimed } from "#client/render/views/crosshair.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import type { DroneBody } from "#shared/sim/world.ts";
import type { PlottedPrediction } from "./netGraph.ts";

export interface Viewpoint {
  /** The own drone as predicted; undefined for a spectator. */
  readonly self: Readonly<DroneBody> | undefined;
  /** Health and team that the sound cues follow. */
  readonly ownPart: { readonly hp: number; readonly team: number };
  readonly shots: Shots;
  readonly pose: Remotes["pose"];
  readonly plotted: PlottedPrediction;
  /** Call once a frame, before anything is read. `nowMs` is the frame's time stamp, `deltaMs` the time since the last. */
  advance(nowMs: number, deltaMs: number): void;
  /** The middle of the view, world px. A view leans from what it shows, and stays at the arena. */
  centre(): Place;
  /** The drone that the view shows, world px: from here aim is measured, and bushes part around it. */
  eye(): Place;
  /** Session ID of the player whose view this is, and whose hits are marked; "" for a free camera. */
  readonly actor: string;
  /** Where the player aims now; undefined while there is nothing to aim with. */
  aimed(): Aimed | undefined;
  shown(id: string, drone: Drone): ShownDrone;
  /** Reacts to an event of the server. Returns whether prediction has shown it already. */
  handleEvent(event: SimEvent): boolean;
  dispose(): void;
}
