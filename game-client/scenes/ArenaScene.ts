/** Wires a joined room to the picture: prediction or interpolation, views, HUD and sound, frame by frame. */
import Phaser from "phaser";
import type { GameAudio } from "#client/audio/player.ts";
import { shakeHands } from "#client/input/haptics.ts";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { createDriftReport } from "#client/net/driftReport.ts";
import { createPing, type Ping } from "#client/net/ping.ts";
import type { Playout } from "#client/net/playout.ts";
import { createPrediction, type PredictedBeam } from "#client/net/prediction.ts";
import { createTraffic } from "#client/net/traffic.ts";
import { ViewCamera } from "#client/render/camera.ts";
import { createAtlas } from "#client/render/paint/atlas.ts";
import type { Quality } from "#client/render/quality.ts";
import type { Theme } from "#client/render/themes/theme.ts";
import { type Ambience, createAmbience } from "#client/render/views/ambience.ts";
import { ArenaView } from "#client/render/views/arenaView.ts";
import { type Bushes, createBushes } from "#client/render/views/bushes.ts";
import { FightView } from "#client/render/views/fightView.ts";
import { isRecorded } from "#client/replay/replayRoom.ts";
import { coveredPx } from "#client/ui/room/watchModel.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { type PackedEvent, unpackEvents } from "#shared/protocol/eventCodec.ts";
import type { DriftMessage, EventMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { Drone } from "#shared/schema/state.ts";
import { isPlaced } from "#shared/sim/event.ts";
import { type AimMarks, createAimMarks } from "./aimMarks.ts";
import type { ArenaInput } from "./arenaInput.ts";
import { createEmotes, type Emotes, isUnwanted } from "./emotes.ts";
import { createFightClock, type FightClock } from "./fightClock.ts";
import { createHud, type Hud } from "./hud.ts";
import { closeInspection, openInspection } from "./inspection.ts";
import { createLessons, type Lessons } from "./lessons.ts";
import { createNetGraphFeed, type NetGraphFeed } from "./netGraph.ts";
import { createPlayerView } from "./playerView.ts";
import { createRoomFeed, type RoomFeed } from "./roomFeed.ts";
import { createShakeCues, type ShakeCues } from "./shakeCues.ts";
import { fieldOf } from "./shownField.ts";
import { createSoundCues, type SoundCues } from "./soundCues.ts";
import { createSpectatorView } from "./spectatorView.ts";
import type { Viewpoint } from "./viewpoint.ts";

export interface ArenaSceneData {
  room: ArenaLink;
  /** The room that the page is in: another one while that room watches a replay. */
  around: ArenaLink;
  arena: Arena;
  /** The theme of the arena. */
  theme: Theme;
  /** Undefined for a spectator. */
  own: Drone | undefined;
  /** The time that a spectator's picture shows. */
  playout: Playout;
  quality: Quality;
  audio: GameAudio;
  input: ArenaInput;
}

export class ArenaScene extends Phaser.Scene {
  static readonly key = "arena";
  #data!: ArenaSceneData;
  #viewpoint!: Viewpoint;
  #clock!: FightClock;
  #camera!: ViewCamera;
  #arenaView!: ArenaView;
  #bushes!: Bushes;
  #ambience!: Ambience;
  #fightView!: FightView;
  #aimMarks!: AimMarks;
  #ping!: Ping;
  #hud!: Hud;
  #lessons!: Lessons;
  #roomFeed!: RoomFeed;
  #netGraph!: NetGraphFeed;
  #soundCues!: SoundCues;
  #shakeCues!: ShakeCues;
  #emotes!: Emotes;
  /** The time by which news fade, ms: the fight's in a replay, else the player's. */
  #newsMs = 0;

  constructor() {
    super(ArenaScene.key);
  }

  init(data: ArenaSceneData): void {
    this.#data = data;
  }

  create(): void {
    const { room, around, arena, theme, own, quality, audio, input, playout } = this.#data;
    createAtlas(this, () => this.#fightView.applyHues());
    this.#clock = createFightClock();
    this.#camera = new ViewCamera(this, quality);
    this.#roomFeed = createRoomFeed(room, around);
    this.#roomFeed.update(0);
    const isReplay = isRecorded(room);
    input.steer(own ? "drone" : isReplay ? "replay" : "camera");
    const me = own ? room.sessionId : "";
    this.#lessons = createLessons(room, me);
    this.#viewpoint = own ? this.#createPlayerView(own) : this.#createSpectatorView();
    this.#arenaView = new ArenaView(this, arena, theme);
    this.#bushes = createBushes(this, arena, theme);
    this.#ambience = createAmbience(this, arena, theme, quality);
    this.#soundCues = createSoundCues(
      onlyWhile(() => playout.isHeard, audio),
      me,
    );
    this.#shakeCues = createShakeCues(me, shakeHands);
    this.#fightView = new FightView(this, quality, (cue) => this.#soundCues.hearCue(cue));
    this.#aimMarks = createAimMarks({
      scene: this,
      input,
      camera: this.#camera,
      viewpoint: this.#viewpoint,
      fightView: this.#fightView,
    });
    this.#newsMs = 0;
    this.#ping = createPing(room);
    const traffic = createTraffic(room);
    this.#hud = createHud(room, arena, this.#ping, this.#viewpoint);
    this.#netGraph = createNetGraphFeed({ ping: this.#ping, traffic, prediction: this.#viewpoint.plotted });
    this.#emotes = createEmotes(room, this.#viewpoint);
    const stopJumps = playout.onJump(() => this.#beginAnew());
    const stopEvents = room.onMessage(MESSAGE.event, ({ events }: EventMessage) =>
      this.#handleEvents(events),
    );
    audio.arena.enter(arena.theme);
    this.events.once("shutdown", () => {
      audio.arena.leave();
      closeInspection();
      stopJumps();
      this.#ping.dispose();
      traffic.dispose();
      stopEvents();
      this.#emotes.dispose();
      this.#viewpoint.dispose();
      input.steer("nothing");
      this.#aimMarks.dispose();
    });
  }

  override update(): void {
    const { loop } = this.game;
    const { room, arena, playout, quality } = this.#data;
    const { nowMs: now, deltaMs } = playout.frame({ nowMs: loop.now, deltaMs: loop.rawDelta });
    playout.advance(deltaMs);
    this.#roomFeed.update(now);
    this.#viewpoint.advance(now, deltaMs);
    const rate = playout.rate(room.state.paused);
    const fight = this.#clock.advance(now, deltaMs, rate);
    this.#newsMs = isRecorded(room) ? fight.nowMs : now;
    const centre = this.#viewpoint.centre();
    const eye = this.#viewpoint.eye();
    this.#camera.follow(centre, eye);
    this.#soundCues.listenAt(centre);
    this.#soundCues.watch(room.state, this.#viewpoint.ownPart);
    this.#shakeCues.watch(this.#viewpoint.ownPart.hp);
    const drones = Array.from(room.state.drones.entries(), ([id, drone]) => this.#viewpoint.shown(id, drone));
    const shots = this.#viewpoint.shots.shown(fight.nowMs);
    this.#fightView.draw(drones, shots, fieldOf(room.state, arena), fight.nowMs, fight.deltaMs, rate);
    this.#aimMarks.update();
    this.#camera.update(now, deltaMs);
    this.#arenaView.update(this.cameras.main, now);
    this.#bushes.update(centre, eye, now, drones);
    this.#ambience.update(this.cameras.main, now);
    this.#hud.update(now, this.#newsMs);
    this.#lessons.update(now);
    this.#emotes.update(this.#newsMs);
    this.#netGraph.update(now);
    quality.frame(deltaMs);
  }

  #createPlayerView(own: Drone): Viewpoint {
    const { room, arena, input } = this.#data;
    const showBeam = (beam: PredictedBeam) => {
      this.#fightView.showBeam(room.sessionId, beam.weapon, beam);
      this.#soundCues.hearOwnBeam(beam.weapon);
    };
    const drift = createDriftReport((px) => room.send(MESSAGE.drift, { px } satisfies DriftMessage));
    const prediction = createPrediction(room, own, arena, showBeam, drift);
    const aimAt = (clientX: number, clientY: number) => this.#camera.aimAt(clientX, clientY);
    const shake = (strength: number) => this.#camera.shake(strength);
    const view = createPlayerView({
      room,
      arena,
      own,
      prediction,
      devices: input.devices,
      aimAt,
      shake,
      isSteering: () => input.isSteering,
      noteCommand: (command) => this.#lessons.noteCommand(command),
    });
    openInspection(room, view, this.#camera, (id) => this.#fightView.drawn(id), prediction);
    return view;
  }

  #createSpectatorView(): Viewpoint {
    const { room, arena, input, playout, quality } = this.#data;
    const worldPx = (cssPx: number) => this.#camera.worldPx(cssPx);
    // A video has no controls over its foot.
    const coveredWorldPx = () => (quality.filmSize ? 0 : worldPx(coveredPx.peek()));
    const view = createSpectatorView({ room, arena, input: input.watch, playout, worldPx, coveredWorldPx });
    openInspection(room, view, this.#camera, (id) => this.#fightView.drawn(id));
    return view;
  }

  /** The picture shows another moment: what the parts remember of the one before is no part of it. */
  #beginAnew(): void {
    const { room, arena, audio, playout } = this.#data;
    this.#fightView.clear();
    this.#soundCues = createSoundCues(
      onlyWhile(() => playout.isHeard, audio),
      "",
    );
    this.#hud = createHud(room, arena, this.#ping, this.#viewpoint, this.#newsMs);
    this.#emotes.clear();
  }

  #handleEvents(packed: readonly PackedEvent[]): void {
    const { room, playout } = this.#data;
    const agoMs = playout.recalledMs;
    for (const event of unpackEvents(packed)) {
      if (isUnwanted(event, room)) continue;
      if (agoMs !== undefined) {
        this.#hud.handleEvent(event, agoMs);
        continue;
      }
      const isShown = this.#viewpoint.handleEvent(event);
      // A hidden tab draws no frames, in which effects would fade: they would pile up until it is shown again.
      if (isPlaced(event) && !isShown && !document.hidden) this.#fightView.show(event);
      this.#aimMarks.handleEvent(event);
      this.#soundCues.hear(event);
      this.#shakeCues.hear(event);
      this.#hud.handleEvent(event);
      this.#lessons.handleEvent(event);
      this.#emotes.hear(event, this.#newsMs);
    }
  }
}

/** The same audio, whose sounds play only while `isHeard`; its music goes on. */
const onlyWhile = (isHeard: () => boolean, audio: GameAudio): GameAudio => ({
  ...audio,
  play(sound, at, manner) {
    if (isHeard()) audio.play(sound, at, manner);
  },
});
