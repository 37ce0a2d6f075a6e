/** A shell in flight, seen from above: it grows as it rises, its shadow stays below, a ring marks where it lands. */
import Phaser from "phaser";
import { dangerHue, teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { TARGET_RADIUS_PX } from "#client/render/paint/shotPaint.ts";
import type { ShownShot } from "#client/render/shown.ts";
import { lobOf, type ProjectileName } from "#shared/tuning.ts";

/** At the top of its flight, a shell is drawn this much higher and larger. */
const RISE_PX = 58;
const GROWTH = 1.1;
/** How far its shadow moves aside at the top of its flight. */
const SHADOW_PX = { x: 10, y: 8 } as const;
const TURN_RAD_PER_MS = 0.0012;

export class ShellView {
  readonly #shell: Phaser.GameObjects.Image;
  readonly #light: Phaser.GameObjects.Image;
  readonly #shadow: Phaser.GameObjects.Image;
  readonly #target: Phaser.GameObjects.Image;
  #tint = 0;
  #targetScale = 1;

  constructor(scene: Phaser.Scene) {
    const add = Phaser.BlendModes.ADD;
    this.#shell = atlasImage(scene, "shell", LAYER.shell);
    this.#light = atlasImage(scene, "glow", LAYER.shell).setBlendMode(add);
    this.#shadow = atlasImage(scene, "shadow", LAYER.shadow);
    this.#target = atlasImage(scene, "target", LAYER.mark).setBlendMode(add);
  }

  /** The drawn tail of the shell, where its next smoke puff starts. */
  get tail(): { x: number; y: number } {
    const { x, y, rotation } = this.#shell;
    return { x: x - Math.cos(rotation) * 10, y: y - Math.sin(rotation) * 10 };
  }

  dress(team: number, weapon: ProjectileName): void {
    this.#tint = tintOf(teamHue(team));
    this.#targetScale = (lobOf(weapon)?.splashPx ?? 0) / TARGET_RADIUS_PX;
    this.#light.setTint(this.#tint);
  }

  /** Call once a frame. `end` is where it lands; `isNear` warns the player to leave that place. */
  draw(shot: ShownShot, end: { x: number; y: number }, isNear: boolean): void {
    const { x, y, aim, share, ageMs } = shot;
    const height = 4 * share * (1 - share);
    const climb = (1 - 2 * share) * 0.5;
    this.#shell
      .setPosition(x, y - RISE_PX * height)
      .setRotation(Math.atan2(Math.sin(aim) - climb, Math.cos(aim)));
    this.#shell.setScale(ATLAS_UNIT * (0.85 + GROWTH * height));
    this.#light
      .setPosition(this.#shell.x, this.#shell.y)
      .setScale(ATLAS_UNIT * (1 + height))
      .setAlpha(0.55);
    this.#shadow.setPosition(x + SHADOW_PX.x * height, y + SHADOW_PX.y);
    this.#shadow.setScale(ATLAS_UNIT * (0.36 + 0.3 * height)).setAlpha(0.9 - 0.45 * height);
    const closing = 1 + 0.3 * (1 - share) ** 2;
    this.#target.setPosition(end.x, end.y).setRotation(ageMs * TURN_RAD_PER_MS);
    this.#target
      .setScale(ATLAS_UNIT * this.#targetScale * closing)
      .setTint(isNear ? tintOf(dangerHue()) : this.#tint);
    this.#target.setAlpha((isNear ? 0.55 : 0.25) + 0.4 * share);
    this.#setVisible(true);
  }

  park(): void {
    this.#setVisible(false);
  }

  #setVisible(isVisible: boolean): void {
    for (const part of [this.#shell, this.#light, this.#shadow, this.#target]) part.visible = isVisible;
  }
}
