/** The view of a player: the devices steer a drone, whose commands are sent and predicted. */
import type { AimAt } from "#client/input/device.ts";
import type { Devices } from "#client/input/devices.ts";
import { sampleAim, sampleInput } from "#client/input/sampleInput.ts";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import type { Prediction } from "#client/net/prediction.ts";
import { type Drone, STATUS } from "#shared/schema/state.ts";
import { readyWeapons } from "#shared/sim/drive.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { carriedBy, shownPart, sideOf } from "./shownField.ts";
import type { Viewpoint } from "./viewpoint.ts";

/** Camera shake as a share of the strongest, for what happens to the own drone or within `burstReachPx` of it. */
const SHAKE = { hit: 0.35, destroyed: 1, burst: 0.6, burstReachPx: 420 } as const;

export interface PlayerViewParts {
  room: ArenaLink;
  own: Drone;
  prediction: Prediction;
  devices: Devices;
  aimAt: AimAt;
  /** Shakes the camera; `strength` is 0 to 1. */
  shake(strength: number): void;
}

export function createPlayerView(parts: PlayerViewParts): Viewpoint {
  const { room, own, prediction, devices, aimAt, shake } = parts;
  const me = room.sessionId;
  const { self, shots } = prediction;
  /** Session id of the drone that destroyed this player last. */
  let killer = "";

  /** Sends one command for each due tick. Between ticks, shows a shot that the next command will carry. */
  const sendCommands = (nowMs: number) => {
    const due = prediction.advance(nowMs);
    if (room.state.paused) {
      // A press during a pause must not fire when the room resumes.
      devices.takeButtons();
      return;
    }
    for (let i = 0; i < due; i++) prediction.send(sampleInput(devices, aimAt));
    if (due > 0) return;
    const { x, y } = self;
    shots.fireEarly(readyWeapons(self, devices.buttons), { x, y, ...sampleAim(devices, aimAt) });
  };

  /** The own dash is shown as predicted, before the server confirms it. */
  const ownStatus = () => (self.dashTicks > 0 ? own.status | STATUS.dash : own.status & ~STATUS.dash);

  /** Shakes the camera the more, the nearer the shell lands. */
  const shakeForBurst = ({ x, y }: { x: number; y: number }) => {
    const nearness = 1 - Math.hypot(self.x - x, self.y - y) / SHAKE.burstReachPx;
    if (nearness > 0) shake(SHAKE.burst * nearness);
  };

  return {
    self,
    get ownPart() {
      return own;
    },
    shots,
    pose: (drone) => prediction.pose(drone),
    plotted: prediction,
    advance: sendCommands,
    /** The own drone; while it is destroyed its killer, as long as the server shows that drone. */
    centre: () => prediction.pose(own.hp > 0 ? own : (room.state.drones.get(killer) ?? own)),
    shown(id, drone) {
      const isSelf = drone === own;
      // The own barrel follows the device directly instead of the last command.
      const aim = isSelf && !room.state.paused ? sampleAim(devices, aimAt).aim : prediction.aim(drone);
      const status = isSelf ? ownStatus() : drone.status;
      const side = isSelf ? "none" : sideOf(room.state, drone.team, own.team);
      const carrying = carriedBy(room.state, id);
      return {
        id,
        ...shownPart(drone),
        self: isSelf,
        side,
        aim,
        status,
        carrying,
        ...prediction.pose(drone),
      };
    },
    handleEvent(event: SimEvent) {
      if (event.type === "hit" && event.victim === me) shake(SHAKE.hit);
      if (event.type === "kill" && event.victim === me) killer = event.killer;
      if (event.type === "explode" && event.drone === me) shake(SHAKE.destroyed);
      if (event.type === "burst") shakeForBurst(event);
      return event.type === "beam" && event.shooter === me && prediction.confirmBeam();
    },
    dispose() {
      devices.dispose();
      prediction.dispose();
    },
  };
}
