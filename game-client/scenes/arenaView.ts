/** Whose eyes the arena is seen with, and what they do: a player's, who steers a drone, or a spectator's. */
import type { Remotes } from "#client/net/remotes.ts";
import type { Shots } from "#client/net/shots.ts";
import type { ShownDrone } from "#client/render/views/fightView.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import type { DroneBody } from "#shared/sim/world.ts";
import type { PlottedPrediction } from "./netGraph.ts";

export interface Eye {
  /** The own drone as predicted; undefined for who has none. */
  readonly self: Readonly<DroneBody> | undefined;
  /** The health that is listened to, and on whose side. */
  readonly ownPart: { readonly hp: number; readonly team: number };
  readonly shots: Shots;
  readonly pose: Remotes["pose"];
  readonly plotted: PlottedPrediction;
  /** Once a frame, first. `nowMs` is the frame's time stamp, `deltaMs` the time since the last. */
  advance(nowMs: number, deltaMs: number): void;
  /** The middle of the view, px of the world. */
  look(): Place;
  shown(id: string, drone: Drone): ShownDrone;
  /** Something happened. Returns whether it was shown before the server told of it. */
  feel(event: SimEvent): boolean;
  dispose(): void;
}
