/** Shots in flight: a bolt or a pellet of light with a tail, and the light it throws on the floor. */
import Phaser from "phaser";
import { HEAT_HUE, teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { boltFrame, pelletFrame } from "#client/render/paint/atlasFrames.ts";
import { mix } from "#client/render/paint/colour.ts";
import type { ShownShot } from "#client/render/shown.ts";
import { PROJECTILES, type ProjectileName } from "#shared/tuning.ts";

/** How a kind of shot that flies low is drawn. */
interface Look {
  /** From its head to the end of its tail, and from its head to its frame's middle. */
  readonly tailPx: number;
  readonly headPx: number;
  readonly speedPxPerSec: number;
  readonly light: number;
  frame(team: number): string;
  lightTint(team: number): number;
}

const BOLT: Look = {
  ...{ tailPx: 74, headPx: 34, speedPxPerSec: PROJECTILES.blaster.speedPxPerSec, light: 1.5 },
  frame: boltFrame,
  lightTint: (team) => tintOf(teamHue(team)),
};
const PELLET: Look = {
  ...{ tailPx: 27, headPx: 10, speedPxPerSec: PROJECTILES.scatter.speedPxPerSec, light: 0.8 },
  frame: pelletFrame,
  lightTint: (team) => tintOf(mix(teamHue(team), HEAT_HUE, 0.5)),
};
/** Pellets cool as they fly. */
const COOL_SHARE = 0.35;

export class ShotView {
  private readonly bolt: Phaser.GameObjects.Image;
  private readonly light: Phaser.GameObjects.Image;
  private look = BOLT;

  constructor(scene: Phaser.Scene) {
    this.bolt = atlasImage(scene, boltFrame(0), LAYER.shot).setBlendMode(Phaser.BlendModes.ADD);
    this.light = atlasImage(scene, "glow", LAYER.thruster).setBlendMode(Phaser.BlendModes.ADD);
  }

  dress(team: number, weapon: ProjectileName): void {
    this.look = weapon === "scatter" ? PELLET : BOLT;
    this.bolt.setFrame(this.look.frame(team));
    this.light.setTint(this.look.lightTint(team)).setScale(ATLAS_UNIT * this.look.light);
  }

  /** Once a frame. */
  draw({ x, y, aim, ageMs, share }: ShownShot): void {
    const { tailPx, headPx, speedPxPerSec } = this.look;
    // The tail never reaches back past the muzzle: it grows as fast as the shot flies.
    const grown = (Math.max(0, ageMs) * speedPxPerSec) / 1000 / tailPx;
    const stretch = Math.min(1, 0.25 + 0.75 * grown);
    const backPx = headPx * stretch;
    const heat = this.look === PELLET ? 1 - COOL_SHARE * share : 1;
    this.bolt.setPosition(x - Math.cos(aim) * backPx, y - Math.sin(aim) * backPx).setAlpha(heat);
    this.bolt.setRotation(aim).setScale(ATLAS_UNIT * stretch, ATLAS_UNIT);
    this.light.setPosition(x, y).setAlpha(0.3 * heat);
    // Shown here and not when taken: an undrawn view would flash where its last shot ended.
    this.bolt.visible = true;
    this.light.visible = true;
  }

  park(): void {
    this.bolt.visible = false;
    this.light.visible = false;
  }
}
