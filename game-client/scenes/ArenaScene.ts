/** The fight: reads the devices, sends commands, and shows what prediction and the server say. Wiring only. */
import Phaser from "phaser";
import type { GameAudio } from "#client/audio/player.ts";
import { createDevices, type Devices } from "#client/input/devices.ts";
import { type AimAt, sampleAim, sampleInput } from "#client/input/sampleInput.ts";
import type { ArenaLink } from "#client/net/connection.ts";
import { createPing } from "#client/net/ping.ts";
import { createPrediction, type Prediction } from "#client/net/prediction.ts";
import { createTraffic } from "#client/net/traffic.ts";
import { type ArenaView, createArenaView } from "#client/render/arenaView.ts";
import { createAtlas } from "#client/render/atlas.ts";
import { type Bushes, createBushes } from "#client/render/bushes.ts";
import { ViewCamera } from "#client/render/camera.ts";
import { FightView, type ShownDrone } from "#client/render/fightView.ts";
import type { Quality } from "#client/render/quality.ts";
import { settingsOpen, touchSticks } from "#client/ui/model.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { type PackedEvent, unpackEvents } from "#shared/protocol/eventCodec.ts";
import type { EventMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { type Drone, STATUS } from "#shared/schema/state.ts";
import { readyWeapons } from "#shared/sim/drive.ts";
import { isPlaced } from "#shared/sim/event.ts";
import { createEars, type Ears } from "./ears.ts";
import { createHud, type Hud } from "./hud.ts";
import { closeInspection, openInspection } from "./inspection.ts";
import { createNetGraphFeed, type NetGraphFeed } from "./netGraph.ts";
import { carriedBy, fieldOf, shownPart, sideOf } from "./shownField.ts";

export interface ArenaSceneData {
  room: ArenaLink;
  arena: Arena;
  own: Drone;
  quality: Quality;
  audio: GameAudio;
}

/** Share of a full shake, by what happens to the own drone, or near it. */
const SHAKE = { hit: 0.35, destroyed: 1, burst: 0.6, burstReachPx: 420 } as const;

export class ArenaScene extends Phaser.Scene {
  static readonly key = "arena";
  #data!: ArenaSceneData;
  #prediction!: Prediction;
  #devices!: Devices;
  #camera!: ViewCamera;
  #arenaView!: ArenaView;
  #bushes!: Bushes;
  #fightView!: FightView;
  #hud!: Hud;
  #netGraph!: NetGraphFeed;
  #ears!: Ears;
  /** Who destroyed this player last. */
  #killer = "";

  constructor() {
    super(ArenaScene.key);
  }

  init(data: ArenaSceneData): void {
    this.#data = data;
  }

  create(): void {
    const { room, arena, own, quality, audio } = this.#data;
    createAtlas(this, () => this.#fightView.dressAnew());
    this.#prediction = createPrediction(room, own, arena, (beam) => {
      this.#fightView.showBeam(room.sessionId, beam);
      this.#ears.hearOwnRail();
    });
    this.#devices = createDevices({
      surface: this.game.canvas.parentElement ?? this.game.canvas,
      isAway: () => settingsOpen.value,
      showSticks: (sticks) => {
        touchSticks.value = sticks;
      },
    });
    this.#camera = new ViewCamera(this, quality);
    this.#arenaView = createArenaView(this, arena);
    this.#bushes = createBushes(this, arena);
    this.#ears = createEars(audio, room.sessionId);
    this.#fightView = new FightView(this, quality, (cue) => this.#ears.hearCue(cue));
    const ping = createPing(room);
    const traffic = createTraffic(room);
    this.#hud = createHud(room, arena, ping, this.#prediction.self);
    this.#netGraph = createNetGraphFeed({ ping, traffic, prediction: this.#prediction });
    const stopEvents = room.onMessage(MESSAGE.event, ({ events }: EventMessage) => this.#tell(events));
    openInspection(room, this.#prediction);
    this.events.once("shutdown", () => {
      closeInspection();
      ping.dispose();
      traffic.dispose();
      stopEvents();
      this.#devices.dispose();
      this.#prediction.dispose();
    });
  }

  override update(): void {
    const { now, rawDelta } = this.game.loop;
    const { room, arena, own } = this.#data;
    this.#sendCommands(now);
    const eye = this.#prediction.pose(this.#watched());
    this.#ears.listenAt(eye);
    this.#ears.watch(room.state, own);
    const drones = [...this.#shownDrones()];
    const shots = this.#prediction.shots.shown(now);
    this.#fightView.draw(drones, shots, fieldOf(room.state, arena), now, rawDelta);
    this.#camera.follow(eye.x, eye.y);
    this.#camera.update(now, rawDelta);
    this.#arenaView.update(this.cameras.main);
    this.#bushes.update(eye, now, drones);
    this.#hud.update(now);
    this.#netGraph.update(now);
    this.#data.quality.frame(rawDelta);
  }

  /** Oneself; and while one is out, who did it, as long as the server shows that one. */
  #watched(): Drone {
    const { own, room } = this.#data;
    return own.hp > 0 ? own : (room.state.drones.get(this.#killer) ?? own);
  }

  /** As many commands as the server will take ticks; a shot that none of them carries yet is shown early. */
  #sendCommands(now: number): void {
    const due = this.#prediction.advance(now);
    for (let i = 0; i < due; i++) this.#prediction.send(sampleInput(this.#devices, this.#aimAt));
    const { self, shots } = this.#prediction;
    if (due > 0) return;
    const { x, y } = self;
    shots.fireEarly(readyWeapons(self, this.#devices.buttons), {
      x,
      y,
      ...sampleAim(this.#devices, this.#aimAt),
    });
  }

  *#shownDrones(): Iterable<ShownDrone> {
    const { room, own } = this.#data;
    for (const [id, drone] of room.state.drones.entries()) {
      const self = drone === own;
      // The own barrel follows the device, not the last command; the own dash shows before the server knows of it.
      const aim = self ? sampleAim(this.#devices, this.#aimAt).aim : this.#prediction.aim(drone);
      const status = self ? this.#ownStatus() : drone.status;
      const side = self ? "none" : sideOf(room.state, drone.team, own.team);
      const carrying = carriedBy(room.state, id);
      yield { id, ...shownPart(drone), self, side, aim, status, carrying, ...this.#prediction.pose(drone) };
    }
  }

  #ownStatus(): number {
    const { status } = this.#data.own;
    return this.#prediction.self.dashTicks > 0 ? status | STATUS.dash : status & ~STATUS.dash;
  }

  #tell(packed: readonly PackedEvent[]): void {
    const me = this.#data.room.sessionId;
    for (const event of unpackEvents(packed)) {
      const isOwnBeam = event.type === "beam" && event.shooter === me;
      const isShown = isOwnBeam && this.#prediction.confirmBeam();
      if (isPlaced(event) && !isShown) this.#fightView.show(event);
      this.#ears.hear(event);
      this.#hud.tell(event);
      if (event.type === "hit" && event.victim === me) this.#camera.shake(SHAKE.hit);
      if (event.type === "kill" && event.victim === me) this.#killer = event.killer;
      if (event.type === "explode" && event.drone === me) this.#camera.shake(SHAKE.destroyed);
      if (event.type === "burst") this.#feelBurst(event);
    }
  }

  /** The ground trembles near where a shell lands. */
  #feelBurst({ x, y }: { x: number; y: number }): void {
    const { self } = this.#prediction;
    const nearness = 1 - Math.hypot(self.x - x, self.y - y) / SHAKE.burstReachPx;
    if (nearness > 0) this.#camera.shake(SHAKE.burst * nearness);
  }

  readonly #aimAt: AimAt = (clientX, clientY) => this.#camera.aimAt(clientX, clientY);
}
