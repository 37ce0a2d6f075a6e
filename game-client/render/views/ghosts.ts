/** Draws the afterimages of dashing drones: their hulls as light, fading fast; pooled. */
import Phaser from "phaser";
import { teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { hullFrame } from "#client/render/paint/atlasFrames.ts";

const FADE_MS = 260;
/** A longer frame fades them by no more than this, so that slow machines still show them. */
const LONGEST_FRAME_MS = 80;
const ALPHA = 0.7;
/** More images would show no difference. */
const GHOSTS_MAX = 60;

interface Ghost {
  readonly image: Phaser.GameObjects.Image;
  leftMs: number;
}

export class Ghosts {
  readonly #scene: Phaser.Scene;
  readonly #ghosts: Ghost[] = [];

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
  }

  /** Leaves an afterimage; `heading` is the direction of the hull, radians. */
  leave(x: number, y: number, heading: number, team: number): void {
    const ghost = this.#ghosts.find(({ leftMs }) => leftMs <= 0) ?? this.#make();
    if (!ghost) return;
    ghost.leftMs = FADE_MS;
    ghost.image.setFrame(hullFrame(team)).setTint(tintOf(teamHue(team)));
    ghost.image.setPosition(x, y).setRotation(heading).setVisible(true);
  }

  /** Call once a frame. */
  update(deltaMs: number): void {
    for (const ghost of this.#ghosts) {
      if (ghost.leftMs <= 0) continue;
      ghost.leftMs -= Math.min(deltaMs, LONGEST_FRAME_MS);
      const share = Math.max(0, ghost.leftMs / FADE_MS);
      ghost.image.setAlpha(ALPHA * share * share).setScale(ATLAS_UNIT * (0.8 + 0.2 * share));
      ghost.image.visible = share > 0;
    }
  }

  clear(): void {
    for (const ghost of this.#ghosts) {
      ghost.leftMs = 0;
      ghost.image.visible = false;
    }
  }

  #make(): Ghost | undefined {
    if (this.#ghosts.length >= GHOSTS_MAX) return undefined;
    const image = atlasImage(this.#scene, hullFrame(0), LAYER.thruster).setBlendMode(Phaser.BlendModes.ADD);
    image.setTintMode(Phaser.TintModes.FILL);
    const ghost = { image, leftMs: 0 };
    this.#ghosts.push(ghost);
    return ghost;
  }
}
