/** Draws a dim deck under the arena's glass floor, with parallax, and the dark beyond the border. */
import type Phaser from "phaser";
import { PALETTE, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage, BLANK_UNIT } from "#client/render/paint/atlas.ts";
import { mix } from "#client/render/paint/colour.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";

const SPACING_PX = 128;
/** Parallax: the deck lags behind the floor by this share of the camera's movement. */
const LAG = 0.16;
const LINE_PX = 3;
const COLUMNS = Math.ceil(VIEW_WIDTH_PX / SPACING_PX) + 1;
const ROWS = Math.ceil(VIEW_HEIGHT_PX / SPACING_PX) + 1;
/** Extent of the dark beyond the border; no view reaches past it. */
const BEYOND_PX = 2000;

type Image = Phaser.GameObjects.Image;

/**
 * Uses thin sprites over the clear colour instead of a TileSprite over the whole view: a software renderer's cost is
 * per pixel, and this leaves most pixels untouched.
 */
export class Underlay {
  readonly #arena: Arena;
  readonly #columns: readonly Image[];
  readonly #rows: readonly Image[];
  readonly #lights: readonly Image[];

  constructor(scene: Phaser.Scene, arena: Arena) {
    this.#arena = arena;
    scene.cameras.main.setBackgroundColor(mix(PALETTE.floor, PALETTE.abyss, 0.35));
    const line = () =>
      atlasImage(scene, "blank", LAYER.underlay)
        .setOrigin(0.5)
        .setTint(tintOf(PALETTE.floorLine))
        .setAlpha(0.3);
    const light = () =>
      atlasImage(scene, "glow", LAYER.underlay)
        .setTint(tintOf(PALETTE.wallLit))
        .setAlpha(0.2)
        .setScale(ATLAS_UNIT * 0.5);
    this.#columns = Array.from({ length: COLUMNS }, line);
    this.#rows = Array.from({ length: ROWS }, line);
    this.#lights = Array.from({ length: COLUMNS * ROWS }, light);
    surround(scene, arena);
  }

  /** Call once a frame. `x`, `y` is the middle of the view, world px. */
  update(x: number, y: number): void {
    const firstX = this.#place(x, VIEW_WIDTH_PX);
    const firstY = this.#place(y, VIEW_HEIGHT_PX);
    const { widthPx, heightPx } = this.#arena;
    let at = firstX;
    for (const line of this.#columns) {
      line.visible = at > 0 && at < widthPx;
      line.setPosition(at, heightPx / 2).setScale(LINE_PX * BLANK_UNIT, heightPx * BLANK_UNIT);
      at += SPACING_PX;
    }
    at = firstY;
    for (const line of this.#rows) {
      line.visible = at > 0 && at < heightPx;
      line.setPosition(widthPx / 2, at).setScale(widthPx * BLANK_UNIT, LINE_PX * BLANK_UNIT);
      at += SPACING_PX;
    }
    let index = 0;
    for (const light of this.#lights) {
      const lightX = firstX + (index % COLUMNS) * SPACING_PX;
      const lightY = firstY + Math.floor(index / COLUMNS) * SPACING_PX;
      light.visible = lightX > 0 && lightX < widthPx && lightY > 0 && lightY < heightPx;
      light.setPosition(lightX, lightY);
      index++;
    }
  }

  /** World px of the first line in view. */
  #place(middle: number, spanPx: number): number {
    const shift = middle * LAG;
    return Math.ceil((middle - spanPx / 2 - shift) / SPACING_PX) * SPACING_PX + shift;
  }
}

/** Adds four dark sheets around the arena, over the clear colour. */
function surround(scene: Phaser.Scene, { widthPx, heightPx }: Arena): void {
  const sheets = [
    [-BEYOND_PX, -BEYOND_PX, widthPx + 2 * BEYOND_PX, BEYOND_PX],
    [-BEYOND_PX, heightPx, widthPx + 2 * BEYOND_PX, BEYOND_PX],
    [-BEYOND_PX, 0, BEYOND_PX, heightPx],
    [widthPx, 0, BEYOND_PX, heightPx],
  ] as const;
  for (const [left, top, width, height] of sheets) {
    const sheet = atlasImage(scene, "blank", LAYER.underlay).setOrigin(0).setTint(tintOf(PALETTE.abyss));
    sheet.setPosition(left, top).setDisplaySize(width, height);
  }
}
