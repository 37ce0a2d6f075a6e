/**
 * Client-side prediction: steps the own drone with the server's function and re-simulates unacknowledged commands over
 * each correction. Remote drones are interpolated.
 */
import type { Arena } from "#shared/arena/arena.ts";
import { BUTTON, type Command, type CommandInput } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import { distancePx } from "#shared/sim/distance.ts";
import { driveDrone } from "#shared/sim/drive.ts";
import { beamEnd } from "#shared/sim/hitscan.ts";
import { DRONE_BODY_FIELDS, type DroneBody, isAlive } from "#shared/sim/world.ts";
import { type HitscanName, isHitscan } from "#shared/tuning.ts";
import type { ArenaLink } from "./arenaLink.ts";
import type { DriftReport } from "./driftReport.ts";
import { createRemotes, TELEPORT_PX } from "./remotes.ts";
import { createShots, type Shots } from "./shots.ts";

export interface Prediction {
  /**
   * Call once a frame with the frame's time stamp. Returns the number of commands due: send exactly that many, or none
   * while the room is paused.
   */
  advance(nowMs: number): number;
  send(command: Command): void;
  /** The own drone as predicted after the last sent command. */
  readonly self: Readonly<DroneBody>;
  readonly shots: Shots;
  /** Where to draw a drone in this frame, world px; valid after the frame's commands are sent. */
  pose(drone: Drone): { x: number; y: number };
  aim(drone: Drone): number;
  /** Call when the server reports an own beam; returns whether it was predicted and so is already shown. */
  confirmBeam(): boolean;
  /** Position errors that patches have corrected so far, px. */
  readonly corrections: { count: number; maxPx: number; lastPx: number; sumPx: number };
  /** Commands that the server has not acknowledged yet. */
  readonly pendingCommands: number;
  /** How far behind the newest patch remote drones are drawn. */
  readonly interpolationMs: number;
  /** Jitter of the patches' arrival. */
  readonly jitterMs: number;
  dispose(): void;
}

/** A beam of the own rail, shown at once: from the drone's centre to the wall that it would hit. */
export interface PredictedBeam {
  /** Sequence number of the command that fired it. */
  readonly seq: number;
  readonly weapon: HitscanName;
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
}

/** Time over which a correction is blended into the drawn pose. */
const SMOOTH_CORRECTION_MS = 65;

/** `own` is the player's drone as decoded from the state; `onBeam` draws a predicted beam; `drift` hears of corrections. */
export function createPrediction(
  room: ArenaLink,
  own: Drone,
  arena: Arena,
  onBeam: (beam: PredictedBeam) => void = () => {},
  drift?: DriftReport,
): Prediction {
  const remotes = createRemotes(room);
  const { predict } = remotes;
  const input = room.input<CommandInput>({
    allowRewind: ({ buttons }) => (buttons & BUTTON.altFire) !== 0,
  });
  const shots = createShots(room, predict, arena);
  const beams = predict.defineEvent<PredictedBeam>({ onPredict: onBeam, uniqueBy: ({ seq }) => seq });
  let wasAlive = isAlive(own);
  const corrections = { count: 0, maxPx: 0, lastPx: 0, sumPx: 0 };

  /** The other drones as of the newest patch, the best estimate of where the server will have them. */
  function* others() {
    for (const drone of room.state.drones.values()) if (drone !== own) yield drone;
  }

  const nearestPx = () => Math.min(...Array.from(others(), (other) => distancePx(own, other)));

  const reconciler = predict.reconciler<DroneBody, CommandInput>(own, {
    input,
    fields: DRONE_BODY_FIELDS,
    smoothMs: SMOOTH_CORRECTION_MS,
    snap: TELEPORT_PX,
    step: (context, drone, command) => {
      const fired = driveDrone(drone, command, arena, others());
      const { x, y, aim } = drone;
      if (!context.isReplay) shots.commandStepped(fired, { x, y, aim, reach: command.reach });
      const weapon = fired.find(isHitscan);
      if (weapon) context.predict(beams, beamFrom(arena, drone, weapon, context.tick));
    },
    // Never warns; but the SDK measures corrections only when a bound is set.
    warnOnDivergence: Number.POSITIVE_INFINITY,
    onReconcile: () => {
      // The server places a destroyed or respawned drone, so that such a jump is no misprediction.
      const hasRespawned = !wasAlive;
      wasAlive = isAlive(own);
      if (!wasAlive || hasRespawned) return;
      const px = Math.hypot(reconciler.lastCorrection.x ?? 0, reconciler.lastCorrection.y ?? 0);
      if (px === 0) return;
      corrections.count++;
      corrections.lastPx = px;
      corrections.sumPx += px;
      corrections.maxPx = Math.max(corrections.maxPx, px);
      const { pendingCount: pendingCommands } = input;
      drift?.corrected({ px, nearestPx: nearestPx(), pendingCommands, jitterMs: remotes.jitterMs });
    },
  });

  return {
    advance(nowMs) {
      drift?.frame(nowMs);
      return remotes.advance(nowMs);
    },
    send(command) {
      Object.assign(input.data, command);
      input.send();
    },
    self: reconciler.state,
    shots,
    pose(drone) {
      if (drone === own) return { x: predict.value(own, "x"), y: predict.value(own, "y") };
      return remotes.pose(drone);
    },
    aim: (drone) => remotes.aim(drone),
    confirmBeam: () => beams.confirm() > 0,
    corrections,
    get pendingCommands() {
      return input.pendingCount;
    },
    get interpolationMs() {
      return remotes.interpolationMs;
    },
    get jitterMs() {
      return remotes.jitterMs;
    },
    dispose: () => remotes.dispose(),
  };
}

function beamFrom(arena: Arena, { x, y, aim }: DroneBody, weapon: HitscanName, seq: number): PredictedBeam {
  const end = beamEnd(arena, { x, y, aim, weapon });
  return { seq, weapon, x, y, toX: end.x, toY: end.y };
}
