/** Shots in flight: a bolt of light with a tail, and the light it throws on the floor. Pooled. */
import Phaser from "phaser";
import { teamHue, tintOf } from "#client/palette.ts";
import { PROJECTILES } from "#shared/tuning.ts";
import { ATLAS_UNIT, atlasImage, boltFrame } from "./atlas.ts";
import type { Pose } from "./droneView.ts";
import { LAYER } from "./layers.ts";

/** From the head of a bolt to the end of its tail. */
const TAIL_PX = 74;
/** The tail never reaches back past the muzzle: it grows this fast. */
const TAIL_MS = (TAIL_PX / PROJECTILES.blaster.speedPxPerSec) * 1000;
/** The bolt's head lies this far right of its frame's middle; it is drawn where the shot is. */
const HEAD_PX = 34;

export class ShotView {
  private readonly pool: ShotPool;
  private readonly bolt: Phaser.GameObjects.Image;
  private readonly light: Phaser.GameObjects.Image;

  /** Taken from a ShotPool, never made by others. */
  constructor(scene: Phaser.Scene, pool: ShotPool) {
    this.pool = pool;
    this.bolt = atlasImage(scene, boltFrame(0), LAYER.shot).setBlendMode(Phaser.BlendModes.ADD);
    this.light = atlasImage(scene, "glow", LAYER.thruster).setBlendMode(Phaser.BlendModes.ADD);
    this.light.setScale(ATLAS_UNIT * 1.5).setAlpha(0.3);
  }

  /** Once a frame. `ageMs` since it left the muzzle. */
  draw({ x, y, aim }: Pose, ageMs: number): void {
    const stretch = Math.min(1, 0.25 + (0.75 * Math.max(0, ageMs)) / TAIL_MS);
    const backPx = HEAD_PX * stretch;
    this.bolt.setPosition(x - Math.cos(aim) * backPx, y - Math.sin(aim) * backPx);
    this.bolt.setRotation(aim).setScale(ATLAS_UNIT * stretch, ATLAS_UNIT);
    this.light.setPosition(x, y);
    // Shown here and not when taken: an undrawn view would flash where its last shot ended.
    this.bolt.visible = true;
    this.light.visible = true;
  }

  /** Back to the pool; the view must not be used after. */
  destroy(): void {
    this.park();
    this.pool.giveBack(this);
  }

  dress(team: number): void {
    this.bolt.setFrame(boltFrame(team));
    this.light.setTint(tintOf(teamHue(team)));
  }

  park(): void {
    this.bolt.visible = false;
    this.light.visible = false;
  }
}

export class ShotPool {
  private readonly scene: Phaser.Scene;
  private readonly idle: ShotView[] = [];

  /** `warm` views are made at once, so that the first volley allocates nothing. */
  constructor(scene: Phaser.Scene, warm = 48) {
    this.scene = scene;
    for (let count = 0; count < warm; count++) this.idle.push(this.make());
  }

  take(team: number): ShotView {
    const view = this.idle.pop() ?? this.make();
    view.dress(team);
    return view;
  }

  giveBack(view: ShotView): void {
    this.idle.push(view);
  }

  private make(): ShotView {
    const view = new ShotView(this.scene, this);
    view.park();
    return view;
  }
}
