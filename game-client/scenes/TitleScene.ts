/** The background of the title screen: a camera that drifts over a simulated fight. */
import Phaser from "phaser";
import type { Music } from "#client/audio/music.ts";
import { PALETTE, tintOf } from "#client/palette.ts";
import { ViewCamera } from "#client/render/camera.ts";
import { LAYER } from "#client/render/layers.ts";
import { atlasImage, createAtlas } from "#client/render/paint/atlas.ts";
import type { Quality } from "#client/render/quality.ts";
import { FOUNDRY } from "#client/render/themes/foundry.ts";
import { type Ambience, createAmbience } from "#client/render/views/ambience.ts";
import { ArenaView } from "#client/render/views/arenaView.ts";
import { type Bushes, createBushes } from "#client/render/views/bushes.ts";
import { FightView } from "#client/render/views/fightView.ts";
import foundry from "#shared/arena/maps/foundry.tmj?raw";
import { parseArena } from "#shared/arena/parseArena.ts";
import { isPlaced } from "#shared/sim/event.ts";
import { createDemoFight, type DemoFight } from "./demoFight.ts";

/** Reach of the camera's drift about the arena's middle, as a share of its size, and its speed in radians per ms. */
const DRIFT_SHARE = 0.17;
const DRIFT_RATE = 0.00007;
/** Dims the fight so that the title is legible. */
const VEIL_OPACITY = 0.42;

export interface TitleSceneData {
  quality: Quality;
  /** Played while the title is shown. */
  music?: Music;
}

export class TitleScene extends Phaser.Scene {
  static readonly key = "title";
  #quality!: Quality;
  #music: Music | undefined;
  #camera!: ViewCamera;
  #arena = parseArena(JSON.parse(foundry), "foundry");
  #arenaView!: ArenaView;
  #bushes!: Bushes;
  #ambience!: Ambience;
  #fightView!: FightView;
  #fight!: DemoFight;
  #veil!: Phaser.GameObjects.Image;

  constructor() {
    super(TitleScene.key);
  }

  init({ quality, music }: TitleSceneData): void {
    this.#quality = quality;
    this.#music = music;
  }

  create(): void {
    createAtlas(this, () => this.#fightView.applyHues());
    this.#camera = new ViewCamera(this, this.#quality, "cover");
    this.#arenaView = new ArenaView(this, this.#arena, FOUNDRY);
    this.#bushes = createBushes(this, this.#arena, FOUNDRY, false);
    this.#ambience = createAmbience(this, this.#arena, FOUNDRY, this.#quality);
    this.#fightView = new FightView(this, this.#quality);
    this.#fight = createDemoFight(this.#arena, Math.floor(Math.random() * 2 ** 31));
    this.#veil = atlasImage(this, "blank", LAYER.veil).setTint(tintOf(PALETTE.abyss)).setAlpha(VEIL_OPACITY);
    this.#music?.start();
    this.events.once("shutdown", () => this.#music?.stop());
  }

  override update(): void {
    const { now, rawDelta } = this.game.loop;
    this.#quality.frame(rawDelta);
    for (const event of this.#fight.advance(rawDelta)) if (isPlaced(event)) this.#fightView.show(event);
    const drones = [...this.#fight.drones()];
    this.#fightView.draw(drones, this.#fight.shots(), this.#fight.field(), now, rawDelta);

    const x = this.#arena.widthPx * (0.5 + DRIFT_SHARE * Math.sin(now * DRIFT_RATE));
    const y = this.#arena.heightPx * (0.5 + DRIFT_SHARE * Math.sin(now * DRIFT_RATE * 1.31 + 1));
    this.#camera.follow({ x, y });
    this.#camera.update(now, rawDelta);
    this.#veil.setPosition(x, y).setDisplaySize(4000, 4000);
    this.#arenaView.update(this.cameras.main, now);
    this.#bushes.update({ x, y }, { x, y }, now, drones);
    this.#ambience.update(this.cameras.main, now);
  }
}
