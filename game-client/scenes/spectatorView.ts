/**
 * The view of a spectator. In a live room it follows one player, whom it names to the server, because the server sends
 * what that player sees. In a delayed room the spectator steers a free camera over the whole arena.
 */
import { effect } from "@preact/signals";
import type { WatchInput } from "#client/input/watchInput.ts";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import type { Playout } from "#client/net/playout.ts";
import { createRemotes, type Remotes } from "#client/net/remotes.ts";
import { createShots } from "#client/net/shots.ts";
import { followed, followedPerson, followNext, watching } from "#client/ui/room/watchModel.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { VIEW_WIDTH_PX } from "#shared/config.ts";
import type { FollowMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { Place } from "#shared/sim/sight.ts";
import { NO_LEAN, viewCentre } from "#shared/sim/view.ts";
import type { PlottedPrediction } from "./netGraph.ts";
import { carriedBy, lookIn, nameIn, shownPart, sideOf } from "./shownField.ts";
import type { Viewpoint } from "./viewpoint.ts";

export interface SpectatorViewParts {
  room: ArenaLink;
  arena: Arena;
  input: WatchInput;
  /** The time that the picture shows. */
  playout: Playout;
  /** Converts a length from CSS px to world px. */
  worldPx(cssPx: number): number;
  /** How much of the view's foot is covered, world px. */
  coveredWorldPx(): number;
}

/** Faster than any drone, so that the camera catches up with the action. */
const FLY_PX_PER_SEC = 1100;
/** Time constant of the glide from one player to another; beyond one view width the camera cuts. */
const GLIDE_MS = 90;
const CUT_PX = VIEW_WIDTH_PX;
/** Distance at which a glide has arrived. */
const ARRIVED_PX = 2;

export function createSpectatorView(parts: SpectatorViewParts): Viewpoint {
  const { room, arena, input, playout, worldPx } = parts;
  const { clock } = playout;
  const watch = (isJump: boolean) => {
    const remotes = createRemotes(room, clock);
    return { remotes, shots: createShots(room, remotes.predict, arena, clock, isJump) };
  };
  let watched = watch(false);
  const stopJumps = playout.onJump(() => {
    watched.remotes.dispose();
    watched = watch(true);
  });
  const camera = new SpectatorCamera(arena, parts.coveredWorldPx);

  const stopFollowing = effect(() => {
    const seat = followed.value;
    camera.startGlide();
    if (seat !== "" && room.connection.isOpen) room.send(MESSAGE.follow, { seat } satisfies FollowMessage);
  });

  const followedDrone = () => room.state.drones.get(followed.value);
  const isFree = () => watching.peek()?.mode === "delayed";

  const steer = (deltaMs: number) => {
    const drag = input.takeDrag();
    const step = input.takeStep();
    if (step !== 0) followNext(step);
    if (!isFree()) return;
    const { x, y } = input.stick;
    const flownPx = (FLY_PX_PER_SEC * deltaMs) / 1000;
    const [dx, dy] = [x * flownPx - worldPx(drag.x), y * flownPx - worldPx(drag.y)];
    if (dx === 0 && dy === 0) return;
    followed.value = "";
    camera.moveBy(dx, dy);
  };

  const follow = (deltaMs: number) => {
    // The followed player may have left: follow the next one, if any is there.
    if (!followedPerson() && !isFree()) followNext(1);
    const drone = followedDrone();
    if (drone) camera.follow(watched.remotes.pose(drone), deltaMs);
  };

  return {
    self: undefined,
    get ownPart() {
      // 0 hp: a spectator does not hear the low-health heartbeat.
      return { hp: 0, team: followedDrone()?.team ?? 0 };
    },
    get shots() {
      return watched.shots;
    },
    pose: (drone) => watched.remotes.pose(drone),
    plotted: plottedOf(() => watched.remotes),
    advance(nowMs, deltaMs) {
      watched.remotes.advance(nowMs);
      steer(deltaMs);
      follow(deltaMs);
    },
    centre: () => camera.view(camera.centre),
    eye: () => camera.centre,
    get actor() {
      return followed.peek();
    },
    aimed: () => undefined,
    shown(id, drone) {
      const target = followedDrone();
      const side = target && drone !== target ? sideOf(room.state, drone.team, target.team) : "none";
      const { aim, pose } = watched.remotes;
      const carrying = carriedBy(room.state, id);
      const name = nameIn(room.state, id);
      const look = lookIn(room.state, id, false);
      const part = shownPart(drone);
      return { id, name, look, ...part, self: false, side, aim: aim(drone), carrying, ...pose(drone) };
    },
    handleEvent: () => false,
    dispose() {
      stopFollowing();
      stopJumps();
      watched.remotes.dispose();
      playout.dispose();
    },
  };
}

/** A spectator sends no commands, so the net graph plots interpolation only. */
const plottedOf = (remotes: () => Remotes): PlottedPrediction => ({
  corrections: { count: 0, lastPx: 0 },
  pendingCommands: 0,
  get interpolationMs() {
    return remotes().interpolationMs;
  },
  get jitterMs() {
    return remotes().jitterMs;
  },
});

/** A spectator's view, which follows a drone or moves freely inside the arena. */
class SpectatorCamera {
  readonly #arena: Arena;
  readonly #coveredWorldPx: () => number;
  readonly centre: { x: number; y: number };
  /** The camera is on its way to another player. */
  #isGliding = false;

  constructor(arena: Arena, coveredWorldPx: () => number) {
    this.#arena = arena;
    this.#coveredWorldPx = coveredWorldPx;
    this.centre = { x: arena.widthPx / 2, y: arena.heightPx / 2 };
  }

  /** The middle of the view around `at`. It leaves the arena at the foot only, by as much as is covered there. */
  view(at: Place): Place {
    const { x, y } = viewCentre(at, NO_LEAN, this.#arena);
    return { x, y: y + Math.min(Math.max(0, at.y - y), this.#coveredWorldPx()) };
  }

  startGlide(): void {
    this.#isGliding = true;
  }

  /** Moves at once from where the view is: it may have been held back at the border while it followed a drone. */
  moveBy(dx: number, dy: number): void {
    const { x, y } = this.view(this.centre);
    Object.assign(this.centre, this.view({ x: x + dx, y: y + dy }));
  }

  follow(to: Place, deltaMs: number): void {
    const { centre } = this;
    const distancePx = Math.hypot(to.x - centre.x, to.y - centre.y);
    this.#isGliding &&= distancePx > ARRIVED_PX && distancePx < CUT_PX;
    const share = this.#isGliding ? 1 - Math.exp(-deltaMs / GLIDE_MS) : 1;
    centre.x += (to.x - centre.x) * share;
    centre.y += (to.y - centre.y) * share;
  }
}
