/** The view of a player: the devices steer a drone, whose commands are sent and predicted. */
import { deviceInUse } from "#client/deviceInUse.ts";
import type { AimAt, Device } from "#client/input/device.ts";
import { createEnemyWatch } from "#client/input/enemyWatch.ts";
import { helpedDevice } from "#client/input/helpedDevice.ts";
import { sampleAim, sampleInput } from "#client/input/sampleInput.ts";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import type { Prediction } from "#client/net/prediction.ts";
import { assistStrength, autoFiresWith, needsHelp } from "#client/settings/help.ts";
import type { Arena } from "#shared/arena/arena.ts";
import type { Command } from "#shared/schema/input.ts";
import { type Drone, STATUS } from "#shared/schema/state.ts";
import { readyWeapons } from "#shared/sim/drive.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { aimedBy } from "./aimed.ts";
import { shakeOf } from "./cameraShake.ts";
import { createOwnView } from "./ownView.ts";
import { carriedBy, lookIn, nameIn, shownPart, sideOf } from "./shownField.ts";
import type { Viewpoint } from "./viewpoint.ts";

export interface PlayerViewParts {
  room: ArenaLink;
  arena: Arena;
  own: Drone;
  prediction: Prediction;
  devices: Device;
  aimAt: AimAt;
  /** Shakes the camera; `strength` is 0 to 1. */
  shake(strength: number): void;
  /** Whether the devices steer the drone now, and no menu has them. */
  isSteering(): boolean;
  /** Called with every command that is sent. */
  noteCommand(command: Command): void;
}

export function createPlayerView(parts: PlayerViewParts): Viewpoint {
  const { room, arena, own, prediction, aimAt, shake, noteCommand } = parts;
  const me = room.sessionId;
  const { self, shots } = prediction;
  const watch = createEnemyWatch(arena);
  const devices = helpedDevice(parts.devices, {
    assist: () => assistStrength(deviceInUse.value),
    // A shot would end the own protection. While a menu is open, nobody aims.
    autoFires: () =>
      autoFiresWith(deviceInUse.value) && parts.isSteering() && (own.status & STATUS.protected) === 0,
    self: () => self,
    enemies: () => watch.enemies,
    nowMs: () => performance.now(),
  });
  /** Session id of the drone that destroyed this player last. */
  let killer = "";
  const view = createOwnView(arena);

  /** Sends one command for each due tick. Between ticks, shows a shot that the next command will carry. */
  const sendCommands = (nowMs: number, deltaMs: number) => {
    const due = prediction.advance(nowMs);
    view.advance(deltaMs, due);
    if (room.state.paused) {
      // A press during a pause must not fire when the room resumes.
      devices.takeButtons();
      return;
    }
    for (let i = 0; i < due; i++) {
      const command = sampleInput(devices, aimAt);
      view.step(command, own.hp > 0);
      prediction.send(command);
      noteCommand(command);
    }
    if (due > 0) return;
    const { x, y } = self;
    shots.fireEarly(readyWeapons(self, devices.buttons), { x, y, ...sampleAim(devices, aimAt) });
  };

  /** The own drone; while it is destroyed its killer, as long as the server shows that drone. */
  const eye = (): Drone => (own.hp > 0 ? own : (room.state.drones.get(killer) ?? own));
  const lookAround = (deltaMs: number) => {
    watch.look(self, deltaMs / 1000);
    for (const [id, drone] of room.state.drones.entries()) {
      if (drone === own || drone.hp === 0 || sideOf(room.state, drone.team, own.team) === "friend") continue;
      const { x, y } = prediction.pose(drone);
      watch.note(id, x, y, (drone.status & STATUS.protected) !== 0);
    }
  };

  /** The own dash is shown as predicted, before the server confirms it. */
  const ownStatus = () => (self.dashTicks > 0 ? own.status | STATUS.dash : own.status & ~STATUS.dash);

  return {
    self,
    get ownPart() {
      return own;
    },
    shots,
    pose: (drone) => prediction.pose(drone),
    plotted: prediction,
    advance(nowMs, deltaMs) {
      if (needsHelp(deviceInUse.value)) lookAround(deltaMs);
      // A trigger that a press has switched on ends with the drone.
      if (own.hp === 0) devices.letGo();
      sendCommands(nowMs, deltaMs);
    },
    centre() {
      const looking = eye();
      return looking === own ? view.around(prediction.pose(own)) : view.through(prediction.pose(looking));
    },
    eye: () => prediction.pose(eye()),
    actor: me,
    aimed: () => (own.hp > 0 && !room.state.paused ? aimedBy(self, devices, aimAt) : undefined),
    shown(id, drone) {
      const shown = {
        id,
        name: nameIn(room.state, id),
        look: lookIn(room.state, id, drone === own),
        ...shownPart(drone),
        carrying: carriedBy(room.state, id),
        ...prediction.pose(drone),
      };
      if (drone !== own) {
        const side = sideOf(room.state, drone.team, own.team);
        return { ...shown, self: false, side, aim: prediction.aim(drone), status: drone.status };
      }
      // The own barrel follows the device directly instead of the last command.
      const { aim } = room.state.paused ? { aim: prediction.aim(own) } : sampleAim(devices, aimAt);
      return { ...shown, self: true, side: "none", aim, status: ownStatus() };
    },
    handleEvent(event: SimEvent) {
      const strength = shakeOf(event, me, self);
      if (strength > 0) shake(strength);
      if (event.type === "kill" && event.victim === me) killer = event.killer;
      // The patch that shows the next destruction may arrive before its event: the view must not jump to the last killer.
      if (event.type === "spawn" && event.drone === me) killer = "";
      return event.type === "beam" && event.shooter === me && prediction.confirmBeam();
    },
    dispose() {
      prediction.dispose();
    },
  };
}
