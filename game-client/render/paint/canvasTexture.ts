/** Adds a texture that is painted with Canvas2D. */
import type Phaser from "phaser";

/**
 * Paints first and adds the texture then: Phaser's `createCanvas` uploads the empty canvas too, and an upload costs more
 * than the painting. Throws when `key` is taken.
 */
export function addPainted(
  textures: Phaser.Textures.TextureManager,
  key: string,
  width: number,
  height: number,
  paint: (ctx: CanvasRenderingContext2D) => void,
): Phaser.Textures.CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  // As Phaser does: the upload reads the pixels.
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  if (ctx) paint(ctx);
  const texture = textures.addCanvas(key, canvas);
  if (!texture) throw new Error(`texture "${key}" cannot be created`);
  return texture;
}
