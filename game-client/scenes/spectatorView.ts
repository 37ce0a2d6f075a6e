/**
 * The eyes of who only watches: a player's, whom the server is told of, for it shows what that one may see; or, where
 * everything is shown late, a camera that goes wherever it is steered.
 */
import { effect } from "@preact/signals";
import type { WatchInput } from "#client/input/watchInput.ts";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { createPlayoutClock } from "#client/net/playoutClock.ts";
import { createRemotes } from "#client/net/remotes.ts";
import { createShots } from "#client/net/shots.ts";
import { followed, followedPerson, followNext, watching } from "#client/ui/room/watchModel.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { FollowMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { Eye } from "./arenaView.ts";
import { carriedBy, shownPart, sideOf } from "./shownField.ts";

export interface SpectatorEyeParts {
  room: ArenaLink;
  arena: Arena;
  input: WatchInput;
  /** CSS px of the window → px of the world. */
  worldPx(cssPx: number): number;
}

/** Faster than any drone, so that one is soon where something happens. */
const FLY_PX_PER_SEC = 1100;
/** From one player to another within this time constant; from farther than a view away there is nothing to be seen. */
const GLIDE_MS = 90;
const CUT_PX = VIEW_WIDTH_PX;
/** Between two that are this far apart, the camera is at its place. */
const ARRIVED_PX = 2;

export function createSpectatorEye({ room, arena, input, worldPx }: SpectatorEyeParts): Eye {
  const clock = createPlayoutClock(room);
  const remotes = createRemotes(room, clock);
  const shots = createShots(room, remotes.predict, arena, clock);
  const camera = { x: arena.widthPx / 2, y: arena.heightPx / 2 };
  /** On its way to another player. */
  let gliding = false;

  const stopFollowing = effect(() => {
    const seat = followed.value;
    gliding = true;
    if (seat !== "" && room.connection.isOpen) room.send(MESSAGE.follow, { seat } satisfies FollowMessage);
  });

  const followedDrone = () => room.state.drones.get(followed.value);
  const isFree = () => watching.peek()?.mode === "delayed";

  const steer = (deltaMs: number) => {
    const drag = input.takeDrag();
    const step = input.takeStep();
    if (step !== 0) followNext(step);
    if (!isFree()) return;
    const { stick } = input;
    const px = (FLY_PX_PER_SEC * deltaMs) / 1000;
    const [dx, dy] = [stick.x * px - worldPx(drag.x), stick.y * px - worldPx(drag.y)];
    if (dx === 0 && dy === 0) return;
    followed.value = "";
    camera.x = within(camera.x + dx, arena.widthPx, VIEW_WIDTH_PX);
    camera.y = within(camera.y + dy, arena.heightPx, VIEW_HEIGHT_PX);
  };

  const follow = (deltaMs: number) => {
    // Somebody, as long as there is anybody: whoever was followed may have left.
    if (!followedPerson() && !isFree()) followNext(1);
    const drone = followedDrone();
    if (!drone) return;
    const to = remotes.pose(drone);
    const farPx = Math.hypot(to.x - camera.x, to.y - camera.y);
    gliding &&= farPx > ARRIVED_PX && farPx < CUT_PX;
    const share = gliding ? 1 - Math.exp(-deltaMs / GLIDE_MS) : 1;
    camera.x += (to.x - camera.x) * share;
    camera.y += (to.y - camera.y) * share;
  };

  return {
    self: undefined,
    get ownPart() {
      // Nobody's heart is heard by who watches.
      return { hp: 0, team: followedDrone()?.team ?? 0 };
    },
    shots,
    pose: (drone) => remotes.pose(drone),
    plotted: {
      corrections: { count: 0, lastPx: 0 },
      pendingCommands: 0,
      get interpolationMs() {
        return remotes.interpolationMs;
      },
      get jitterMs() {
        return remotes.jitterMs;
      },
    },
    advance(nowMs, deltaMs) {
      remotes.advance(nowMs);
      steer(deltaMs);
      follow(deltaMs);
    },
    look: () => camera,
    shown(id, drone) {
      const eye = followedDrone();
      const side = eye && drone !== eye ? sideOf(room.state, drone.team, eye.team) : "none";
      const { aim, pose } = remotes;
      const carrying = carriedBy(room.state, id);
      return { id, ...shownPart(drone), self: false, side, aim: aim(drone), carrying, ...pose(drone) };
    },
    feel: () => false,
    dispose() {
      stopFollowing();
      input.dispose();
      remotes.dispose();
      clock.dispose();
    },
  };
}

/** So that the view stays in the arena, where the arena is larger. */
function within(at: number, arenaPx: number, viewPx: number): number {
  const marginPx = Math.min(viewPx, arenaPx) / 2;
  return Math.max(marginPx, Math.min(arenaPx - marginPx, at));
}
