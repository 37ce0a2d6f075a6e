/** Draws the hill: a lit zone on the floor whose border and emblem show its holder. */
import Phaser from "phaser";
import { dangerHue, PALETTE, teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage, BLANK_UNIT } from "#client/render/paint/atlas.ts";
import { emblemFrame } from "#client/render/paint/atlasFrames.ts";
import { addPainted } from "#client/render/paint/canvasTexture.ts";
import { motion } from "#client/render/reducedMotion.ts";
import type { ShownHill } from "#client/render/shown.ts";

type Image = Phaser.GameObjects.Image;

const BORDER_PX = 4;
const GLOW_PX = 16;
/** Width of a contested hill's stripes, and of the gaps between them. */
const STRIPE_PX = 30;
const STRIPES = "hill-stripes";
const STRIPES_PX_PER_SEC = 26;
const NEUTRAL = tintOf(PALETTE.wallLit);
const EMBLEM_PX = 54;

export class HillView {
  readonly #fill: Image;
  readonly #edges: readonly Image[];
  readonly #glows: readonly Image[];
  readonly #corners: readonly Image[];
  readonly #emblem: Image;
  readonly #stripes: Phaser.GameObjects.TileSprite;

  constructor(scene: Phaser.Scene) {
    const lit = (frame: string) => atlasImage(scene, frame, LAYER.hill).setBlendMode(Phaser.BlendModes.ADD);
    const four = (frame: string) => Array.from({ length: 4 }, () => lit(frame));
    this.#fill = lit("blank");
    this.#glows = four("blank");
    this.#edges = four("blank");
    this.#corners = four("glow");
    this.#emblem = lit(emblemFrame(0));
    addStripes(scene);
    this.#stripes = scene.add.tileSprite(0, 0, 64, 64, STRIPES).setDepth(LAYER.hill);
    this.#stripes.setBlendMode(Phaser.BlendModes.ADD);
  }

  /** Call once a frame. */
  draw(hill: ShownHill, timeMs: number): void {
    const { x, y, width, height, holder } = hill;
    const [middleX, middleY] = [x + width / 2, y + height / 2];
    const breath = motion.reduced ? 0.5 : 0.5 + 0.5 * Math.sin(timeMs * 0.003);
    const tint = tintFor(holder);
    const isHeld = typeof holder === "number";
    this.#fill.setPosition(middleX, middleY).setScale(width * BLANK_UNIT, height * BLANK_UNIT);
    this.#fill.setTint(tint).setAlpha((isHeld ? 0.13 : 0.06) + 0.04 * breath);
    this.#drawBorder(hill, tint, holder === "nobody" ? 0.45 : 0.8 + 0.2 * breath);
    this.#emblem.visible = isHeld;
    if (isHeld) {
      this.#emblem.setFrame(emblemFrame(holder)).setTint(tint).setPosition(middleX, middleY);
      const side = Math.min(width, height) * 0.5;
      this.#emblem.setScale((ATLAS_UNIT * side) / EMBLEM_PX).setAlpha(0.3 + 0.15 * breath);
    }
    this.#stripes.visible = holder === "contested";
    if (!this.#stripes.visible) return;
    this.#stripes
      .setTint(tint)
      .setPosition(middleX, middleY)
      .setSize(width, height)
      .setAlpha(0.22 + 0.08 * breath);
    this.#stripes.tilePositionX = motion.reduced ? 0 : (timeMs * STRIPES_PX_PER_SEC) / 1000;
  }

  hide(): void {
    for (const part of this.#parts) part.visible = false;
  }

  destroy(): void {
    for (const part of this.#parts) part.destroy();
  }

  get #parts() {
    return [this.#fill, ...this.#edges, ...this.#glows, ...this.#corners, this.#emblem, this.#stripes];
  }

  #drawBorder({ x, y, width, height }: ShownHill, tint: number, alpha: number): void {
    const sides = [
      [x + width / 2, y, width, 0],
      [x + width / 2, y + height, width, 0],
      [x, y + height / 2, 0, height],
      [x + width, y + height / 2, 0, height],
    ] as const;
    for (const [index, [middleX, middleY, across, down]] of sides.entries()) {
      for (const [line, thickPx, opacity] of [
        [this.#edges[index], BORDER_PX, alpha],
        [this.#glows[index], GLOW_PX, alpha * 0.25],
      ] as const) {
        line?.setPosition(middleX, middleY).setTint(tint).setAlpha(opacity).setVisible(true);
        line?.setScale((across + thickPx) * BLANK_UNIT, (down + thickPx) * BLANK_UNIT);
      }
      this.#corners[index]
        ?.setPosition(x + (index % 2) * width, y + (index > 1 ? height : 0))
        .setTint(tint)
        .setAlpha(alpha)
        .setScale(ATLAS_UNIT * 1.2)
        .setVisible(true);
    }
    this.#fill.visible = true;
  }
}

function tintFor(holder: ShownHill["holder"]): number {
  if (typeof holder === "number") return tintOf(teamHue(holder));
  return holder === "contested" ? tintOf(dangerHue()) : NEUTRAL;
}

/** Adds a seamless tile: each stripe leaves it where it enters on the other side. */
function addStripes(scene: Phaser.Scene): void {
  if (scene.textures.exists(STRIPES)) return;
  const side = STRIPE_PX * 2;
  addPainted(scene.textures, STRIPES, side, side, (ctx) => {
    ctx.fillStyle = "#ffffff";
    ctx.fill(
      new Path2D(
        `M0 ${side} L${side} 0 H${side / 2} L0 ${side / 2} Z M${side} ${side} V${side / 2} L${side / 2} ${side} Z`,
      ),
    );
  });
}
