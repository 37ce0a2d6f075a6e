/** Creates the images that views move about. */
import Phaser from "phaser";

/**
 * Sets everything that any view sets, always in this order. Phaser keeps defaults on the prototype, so that each image
 * grows its properties in the order of its setters: with dozens of hidden classes V8 looks every property up in a table
 * and boxes every fraction it reads, a thousand times a frame. Alike images have one.
 */
export const addImage = (
  scene: Phaser.Scene,
  x: number,
  y: number,
  texture: string | Phaser.Textures.Texture,
  frame: string | undefined,
  depth: number,
): Phaser.GameObjects.Image =>
  scene.add
    .image(x, y, texture, frame)
    .setScale(1)
    .setRotation(0)
    .setAlpha(1)
    .setTint(0xffffff)
    .setTintMode(Phaser.TintModes.MULTIPLY)
    .setBlendMode(Phaser.BlendModes.NORMAL)
    .setFlip(false, false)
    .setCrop()
    .setVisible(true)
    .setDepth(depth);
