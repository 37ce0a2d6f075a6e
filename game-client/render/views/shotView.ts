/** A projectile that flies low: a bolt or a pellet of light with a tail, and the light it throws on the floor. */
import Phaser from "phaser";
import { HEAT_HUE, teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { boltFrame, pelletFrame } from "#client/render/paint/atlasFrames.ts";
import { mix } from "#client/render/paint/colour.ts";
import type { ShownShot } from "#client/render/shown.ts";
import { type ShotLooks, WEAPON_LOOKS } from "#client/weaponLooks.ts";
import { PROJECTILES, type ProjectileName } from "#shared/tuning.ts";

interface Style {
  /** From the head to the end of the tail. */
  readonly tailPx: number;
  /** From the head to the middle of the frame. */
  readonly headPx: number;
  /** The size of the light, as a factor of its frame. */
  readonly lightScale: number;
  /** The share of its brightness that it loses over its range. */
  readonly coolShare: number;
  frame(team: number): string;
  lightTint(team: number): number;
}

const STYLES: Readonly<Record<ShotLooks, Style>> = {
  bolt: {
    tailPx: 74,
    headPx: 34,
    lightScale: 1.5,
    coolShare: 0,
    frame: boltFrame,
    lightTint: (team) => tintOf(teamHue(team)),
  },
  pellet: {
    tailPx: 27,
    headPx: 10,
    lightScale: 0.8,
    coolShare: 0.35,
    frame: pelletFrame,
    lightTint: (team) => tintOf(mix(teamHue(team), HEAT_HUE, 0.5)),
  },
};

export class ShotView {
  readonly #shot: Phaser.GameObjects.Image;
  readonly #light: Phaser.GameObjects.Image;
  #style = STYLES.bolt;
  #speedPxPerSec = 0;

  constructor(scene: Phaser.Scene) {
    this.#shot = atlasImage(scene, boltFrame(0), LAYER.shot).setBlendMode(Phaser.BlendModes.ADD);
    this.#light = atlasImage(scene, "glow", LAYER.thruster).setBlendMode(Phaser.BlendModes.ADD);
  }

  dress(team: number, weapon: ProjectileName): void {
    this.#style = STYLES[WEAPON_LOOKS[weapon].shot ?? "bolt"];
    this.#speedPxPerSec = PROJECTILES[weapon].speedPxPerSec;
    this.#shot.setFrame(this.#style.frame(team));
    this.#light.setTint(this.#style.lightTint(team)).setScale(ATLAS_UNIT * this.#style.lightScale);
  }

  /** Call once a frame. */
  draw({ x, y, aim, ageMs, share }: ShownShot): void {
    const { tailPx, headPx, coolShare } = this.#style;
    // The tail grows as fast as the shot flies, so that it never reaches back past the muzzle.
    const grown = (Math.max(0, ageMs) * this.#speedPxPerSec) / 1000 / tailPx;
    const stretch = Math.min(1, 0.25 + 0.75 * grown);
    const backPx = headPx * stretch;
    const heat = 1 - coolShare * share;
    this.#shot.setPosition(x - Math.cos(aim) * backPx, y - Math.sin(aim) * backPx).setAlpha(heat);
    this.#shot.setRotation(aim).setScale(ATLAS_UNIT * stretch, ATLAS_UNIT);
    this.#light.setPosition(x, y).setAlpha(0.3 * heat);
    // Show it only once it is placed: a view from the pool would flash where its last shot ended.
    this.#setVisible(true);
  }

  park(): void {
    this.#setVisible(false);
  }

  #setVisible(isVisible: boolean): void {
    this.#shot.visible = isVisible;
    this.#light.visible = isVisible;
  }
}
