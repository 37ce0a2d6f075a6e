/** Afterimages of drones that dash: their hulls as light, gone in a moment. */
import Phaser from "phaser";
import { teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { hullFrame } from "#client/render/paint/atlasFrames.ts";

const FADE_MS = 260;
/** On a slower machine they last longer, rather than be gone before they were seen. */
const LONGEST_FRAME_MS = 80;
const ALPHA = 0.7;
/** More than a dozen dashes at once would look the same. */
const MOST = 60;

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

  leave(x: number, y: number, heading: number, team: number): void {
    const ghost = this.#ghosts.find(({ leftMs }) => leftMs <= 0) ?? this.#make();
    if (!ghost) return;
    ghost.leftMs = FADE_MS;
    ghost.image.setFrame(hullFrame(team)).setTint(tintOf(teamHue(team)));
    ghost.image.setPosition(x, y).setRotation(heading).setVisible(true);
  }

  /** Once a frame. */
  update(deltaMs: number): void {
    for (const ghost of this.#ghosts) {
      if (ghost.leftMs <= 0) continue;
      ghost.leftMs -= Math.min(deltaMs, LONGEST_FRAME_MS);
      const share = Math.max(0, ghost.leftMs / FADE_MS);
      ghost.image.setAlpha(ALPHA * share * share).setScale(ATLAS_UNIT * (0.8 + 0.2 * share));
      ghost.image.visible = share > 0;
    }
  }

  #make(): Ghost | undefined {
    if (this.#ghosts.length >= MOST) return undefined;
    const image = atlasImage(this.#scene, hullFrame(0), LAYER.thruster).setBlendMode(Phaser.BlendModes.ADD);
    image.setTintMode(Phaser.TintModes.FILL);
    const ghost = { image, leftMs: 0 };
    this.#ghosts.push(ghost);
    return ghost;
  }
}
