/** `window.fracas`: lets browser tests and the console read a running fight, without changing it. */
import type { ArenaLink } from "#client/net/arenaLink.ts";
import type { Prediction } from "#client/net/prediction.ts";
import type { ViewCamera } from "#client/render/camera.ts";
import { TICKS_PER_SEC, VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { readyWeapons } from "#shared/sim/drive.ts";
import type { Place } from "#shared/sim/sight.ts";
import type { Viewpoint } from "./viewpoint.ts";

export interface InspectedDrone {
  id: string;
  name: string;
  hp: number;
  score: number;
  /** As drawn, predicted or interpolated; world px. */
  x: number;
  y: number;
}

export interface Inspection {
  match(): { map: string; mode: string; phase: string; candidates: { map: string; mode: string }[] };
  /** Undefined for a spectator. */
  ownDrone(): InspectedDrone | undefined;
  drones(): InspectedDrone[];
  /** The pattern that a drone is drawn with, and the atlas frame of the emote over it. */
  drawn(id: string): { pattern: string; emote: string };
  /** The middle of the view, world px. */
  look(): Place;
  /** The drone that the view shows, or a spectator's free camera, world px. */
  eye(): Place;
  /** Place in the window of a place in the world, CSS px. */
  onScreen(x: number, y: number): Place;
  /** Direction of the own barrel in the newest command, radians. */
  ownAim(): number;
  corrections(): Prediction["corrections"];
  /** Number of own shots on screen. */
  ownShots(): number;
  canFire(): boolean;
  /** Number of drones, the own included, and of shots inside the view. */
  inView(): { drones: number; shots: number };
  /** The server acknowledges commands in time, and no correction is being smoothed. */
  isInStep(): boolean;
}

/** Most commands in flight on an ordinary connection: half a second of them. */
const IN_STEP_COMMANDS = TICKS_PER_SEC / 2;
/** The drawn pose lies between two ticks, so it may differ this far from the predicted one. */
const IN_STEP_PX = 15;

declare global {
  interface Window {
    fracas?: Inspection;
  }
}

/** A spectator has no prediction. */
export function openInspection(
  room: ArenaLink,
  viewpoint: Viewpoint,
  camera: Pick<ViewCamera, "clientPlace">,
  drawn: Inspection["drawn"],
  prediction?: Prediction,
): void {
  const drones = () =>
    Array.from(room.state.drones.entries(), ([id, drone]) => {
      const { name = "", score = 0 } = room.state.roster.get(id) ?? {};
      return { id, name, hp: drone.hp, score, ...viewpoint.pose(drone) };
    });
  const ownDrone = () => drones().find(({ id }) => prediction && id === room.sessionId);
  const isInView = ({ x, y }: Place) => {
    const centre = viewpoint.centre();
    return Math.abs(x - centre.x) <= VIEW_WIDTH_PX / 2 && Math.abs(y - centre.y) <= VIEW_HEIGHT_PX / 2;
  };
  window.fracas = {
    match() {
      const { map, mode, phase } = room.state;
      const candidates = Array.from(room.state.candidates, (next) => ({ map: next.map, mode: next.mode }));
      return { map, mode, phase, candidates };
    },
    drones,
    drawn,
    ownDrone,
    look: () => ({ ...viewpoint.centre() }),
    eye: () => ({ ...viewpoint.eye() }),
    onScreen: (x, y) => camera.clientPlace(x, y, { x: 0, y: 0 }),
    ownAim: () => prediction?.self.aim ?? 0,
    corrections: () => prediction?.corrections ?? { count: 0, maxPx: 0, lastPx: 0, sumPx: 0 },
    ownShots: () =>
      [...viewpoint.shots.shown(performance.now())].filter(({ owner }) => owner === room.sessionId).length,
    inView() {
      const shots = viewpoint.shots.shown(performance.now());
      return { drones: drones().filter(isInView).length, shots: [...shots].filter(isInView).length };
    },
    canFire: () => prediction !== undefined && readyWeapons(prediction.self, BUTTON.fire).length > 0,
    isInStep() {
      const own = ownDrone();
      if (!own || !prediction) return false;
      const { self, pendingCommands } = prediction;
      return pendingCommands <= IN_STEP_COMMANDS && Math.hypot(own.x - self.x, own.y - self.y) < IN_STEP_PX;
    },
  };
}

export function closeInspection(): void {
  delete window.fracas;
}
