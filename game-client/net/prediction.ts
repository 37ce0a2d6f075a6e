/**
 * What the player sees before the server has said so: the own drone by the server's own step function,
 * replayed over each correction; remote drones a moment in the past, between two known poses.
 */
import { Predict } from "@colyseus/sdk/predict";
import type { Arena } from "#shared/arena/arena.ts";
import { INTERPOLATION_MS } from "#shared/config.ts";
import type { Command, CommandInput } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import { driveDrone } from "#shared/sim/drive.ts";
import { DRONE_BODY_FIELDS, type DroneBody, isAlive } from "#shared/sim/world.ts";
import { DRONE } from "#shared/tuning.ts";
import type { ArenaLink } from "./connection.ts";
import { createShots, type Shots } from "./shots.ts";

export interface Prediction {
  /** Call once a frame with the frame's time stamp. Returns how many commands are due: send exactly that many. */
  advance(nowMs: number): number;
  send(command: Command): void;
  /** The own drone as predicted after the last sent command. */
  readonly self: Readonly<DroneBody>;
  readonly shots: Shots;
  /** Where to draw a drone in this frame; valid after the frame's commands are sent. */
  pose(drone: Drone): { x: number; y: number };
  aim(drone: Drone): number;
  /** Largest position error, px, that a patch has corrected so far, and how many it has. */
  readonly corrections: { count: number; maxPx: number };
  dispose(): void;
}

/** A jump longer than this is a respawn: it snaps. No honest movement in one patch comes near it. */
const TELEPORT_PX = DRONE.maxSpeedPxPerSec / 2;
const SMOOTH_CORRECTION_MS = 65;

/** `own` is the player's drone as decoded from the state. */
export function createPrediction(room: ArenaLink, own: Drone, arena: Arena): Prediction {
  const predict = Predict.get(room, { mode: "lerp", delay: INTERPOLATION_MS, snap: TELEPORT_PX });
  predict.attachAll("drones", { x: "lerp", y: "lerp", aim: { mode: "lerp", angle: true } });
  const input = room.input<CommandInput>();
  const shots = createShots(room, predict, arena);
  const corrections = { count: 0, maxPx: 0 };

  const reconciler = predict.reconciler<DroneBody, CommandInput>(own, {
    input,
    fields: DRONE_BODY_FIELDS,
    smoothMs: SMOOTH_CORRECTION_MS,
    snap: TELEPORT_PX,
    step: (context, drone, command) => {
      const fires = driveDrone(drone, command, arena);
      if (!context.isReplay) shots.commandStepped(fires ? drone : undefined);
    },
    // Nothing is ever warned about; but only with a bound set does the SDK measure its corrections.
    warnOnDivergence: Number.POSITIVE_INFINITY,
    onReconcile: () => {
      // Who is destroyed stops where the server says: that is news, not a misprediction.
      if (!isAlive(own)) return;
      const px = Math.hypot(reconciler.lastCorrection.x ?? 0, reconciler.lastCorrection.y ?? 0);
      if (px === 0 || px > TELEPORT_PX) return;
      corrections.count++;
      corrections.maxPx = Math.max(corrections.maxPx, px);
    },
  });

  return {
    advance: (nowMs) => predict.tick(nowMs),
    send(command) {
      Object.assign(input.data, command);
      input.send();
    },
    self: reconciler.state,
    shots,
    pose: (drone) => ({ x: predict.value(drone, "x"), y: predict.value(drone, "y") }),
    aim: (drone) => predict.value(drone, "aim"),
    corrections,
    dispose: () => predict.dispose(),
  };
}
