/**
 * What the player sees before the server has said so: the own drone by the server's own step function,
 * replayed over each correction; remote drones a moment in the past, between two known poses.
 */
import type { Arena } from "#shared/arena/arena.ts";
import { BUTTON, type Command, type CommandInput } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import { driveDrone } from "#shared/sim/drive.ts";
import { railEnd } from "#shared/sim/rail.ts";
import { DRONE_BODY_FIELDS, type DroneBody, isAlive } from "#shared/sim/world.ts";
import { type HitscanName, isHitscan } from "#shared/tuning.ts";
import type { ArenaLink } from "./arenaLink.ts";
import { createRemotes, TELEPORT_PX } from "./remotes.ts";
import { createShots, type Shots } from "./shots.ts";

export interface Prediction {
  /**
   * Call once a frame with the frame's time stamp. Returns how many commands are due: send exactly that many, or none
   * while the room is paused.
   */
  advance(nowMs: number): number;
  send(command: Command): void;
  /** The own drone as predicted after the last sent command. */
  readonly self: Readonly<DroneBody>;
  readonly shots: Shots;
  /** Where to draw a drone in this frame; valid after the frame's commands are sent. */
  pose(drone: Drone): { x: number; y: number };
  aim(drone: Drone): number;
  /** The server told of an own beam. Returns whether it was predicted, and so has been shown already. */
  confirmBeam(): boolean;
  /** Position errors, px, that patches have corrected so far. */
  readonly corrections: { count: number; maxPx: number; lastPx: number; sumPx: number };
  /** Sent, and not yet acknowledged. */
  readonly pendingCommands: number;
  /** How far behind the newest patch the others are drawn. */
  readonly interpolationMs: number;
  /** How unevenly patches arrive. */
  readonly jitterMs: number;
  dispose(): void;
}

/** The own rail fired: shown at once, from the drone's centre to the wall that it would hit. */
export interface PredictedBeam {
  /** Of the command that fired it. */
  readonly seq: number;
  readonly weapon: HitscanName;
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
}

const SMOOTH_CORRECTION_MS = 65;

/** `own` is the player's drone as decoded from the state; `onBeam` draws what was predicted. */
export function createPrediction(
  room: ArenaLink,
  own: Drone,
  arena: Arena,
  onBeam: (beam: PredictedBeam) => void = () => {},
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

  /** Where the others were in the newest patch: the best guess of where the server will have them. */
  function* others() {
    for (const drone of room.state.drones.values()) if (drone !== own) yield drone;
  }

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
    // Nothing is ever warned about; but only with a bound set does the SDK measure its corrections.
    warnOnDivergence: Number.POSITIVE_INFINITY,
    onReconcile: () => {
      // Who is destroyed stops, and returns, where the server says: that is news, not a misprediction.
      const hasRespawned = !wasAlive;
      wasAlive = isAlive(own);
      if (!wasAlive || hasRespawned) return;
      const px = Math.hypot(reconciler.lastCorrection.x ?? 0, reconciler.lastCorrection.y ?? 0);
      if (px === 0) return;
      corrections.count++;
      corrections.lastPx = px;
      corrections.sumPx += px;
      corrections.maxPx = Math.max(corrections.maxPx, px);
    },
  });

  return {
    advance: (nowMs) => remotes.advance(nowMs),
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
  const end = railEnd(arena, { x, y, aim, weapon });
  return { seq, weapon, x, y, toX: end.x, toY: end.y };
}
