/** What tests, and the curious at the console, may read of a running fight: `window.fracas`. It changes nothing. */
import type { ArenaLink } from "#client/net/arenaLink.ts";
import type { Prediction } from "#client/net/prediction.ts";
import { TICKS_PER_SEC, VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { readyWeapons } from "#shared/sim/drive.ts";
import type { Place } from "#shared/sim/sight.ts";
import type { Eye } from "./arenaView.ts";

export interface InspectedDrone {
  id: string;
  name: string;
  hp: number;
  score: number;
  /** As drawn: predicted or interpolated. */
  x: number;
  y: number;
}

export interface Inspection {
  match(): { map: string; mode: string; phase: string; candidates: { map: string; mode: string }[] };
  /** Undefined for who only watches. */
  ownDrone(): InspectedDrone | undefined;
  drones(): InspectedDrone[];
  /** The middle of the view. */
  look(): Place;
  /** Of the own barrel in the newest command, radians. */
  ownAim(): number;
  corrections(): Prediction["corrections"];
  /** How many own shots are on screen. */
  ownShots(): number;
  canFire(): boolean;
  /** How many drones, the own included, and shots are where the player can see them. */
  inView(): { drones: number; shots: number };
  /** The server has acknowledged commands of the last moments, and no correction is being smoothed away. */
  isInStep(): boolean;
}

/** Commands that may be on their way and back on an ordinary connection: half a second's. */
const IN_STEP_COMMANDS = TICKS_PER_SEC / 2;
/** The pose is drawn between two ticks. */
const IN_STEP_PX = 15;

declare global {
  interface Window {
    fracas?: Inspection;
  }
}

/** Without a prediction nobody is steered. */
export function openInspection(room: ArenaLink, eye: Eye, prediction?: Prediction): void {
  const drones = () =>
    Array.from(room.state.drones.entries(), ([id, drone]) => {
      const { name, hp, score } = drone;
      return { id, name, hp, score, ...eye.pose(drone) };
    });
  const ownDrone = () => drones().find(({ id }) => prediction && id === room.sessionId);
  const isInView = ({ x, y }: Place) => {
    const look = eye.look();
    return Math.abs(x - look.x) <= VIEW_WIDTH_PX / 2 && Math.abs(y - look.y) <= VIEW_HEIGHT_PX / 2;
  };
  window.fracas = {
    match() {
      const { map, mode, phase } = room.state;
      const candidates = Array.from(room.state.candidates, (next) => ({ map: next.map, mode: next.mode }));
      return { map, mode, phase, candidates };
    },
    drones,
    ownDrone,
    look: () => ({ ...eye.look() }),
    ownAim: () => prediction?.self.aim ?? 0,
    corrections: () => prediction?.corrections ?? { count: 0, maxPx: 0, lastPx: 0, sumPx: 0 },
    ownShots: () =>
      [...eye.shots.shown(performance.now())].filter(({ owner }) => owner === room.sessionId).length,
    inView() {
      const shots = eye.shots.shown(performance.now());
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
