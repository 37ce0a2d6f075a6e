/** What tests, and the curious at the console, may read of a running fight: `window.fracas`. It changes nothing. */
import type { ArenaLink } from "#client/net/connection.ts";
import type { Prediction } from "#client/net/prediction.ts";

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
  ownDrone(): InspectedDrone | undefined;
  drones(): InspectedDrone[];
  corrections(): Prediction["corrections"];
}

declare global {
  interface Window {
    fracas?: Inspection;
  }
}

export function openInspection(room: ArenaLink, prediction: Prediction): void {
  const drones = () =>
    Array.from(room.state.drones.entries(), ([id, drone]) => {
      const { name, hp, score } = drone;
      return { id, name, hp, score, ...prediction.pose(drone) };
    });
  window.fracas = {
    drones,
    ownDrone: () => drones().find(({ id }) => id === room.sessionId),
    corrections: () => prediction.corrections,
  };
}

export function closeInspection(): void {
  delete window.fracas;
}
