/** The camera: fits a view of fixed size in world px into any window, centred on one point. */
import type Phaser from "phaser";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { Place } from "#shared/sim/sight.ts";
import { canvasRatio, type Quality } from "./quality.ts";
import { motion } from "./reducedMotion.ts";

const SHAKE_PX = 16;
/** Duration of a full shake. */
const SHAKE_DECAY_MS = 420;

export interface ViewRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** "contain" shows every player the same, with bars in windows of another shape; "cover" has no bars (title). */
export type Fit = "contain" | "cover";

export class ViewCamera {
  /** Place of the canvas in the window, CSS px. */
  rect: ViewRect = { left: 0, top: 0, width: 0, height: 0 };
  readonly #camera: Phaser.Cameras.Scene2D.Camera;
  readonly #scene: Phaser.Scene;
  readonly #quality: Quality;
  readonly #fit: Fit;
  #trauma = 0;
  #x = 0;
  #y = 0;
  /** From the middle of the view to the drone that aims, world px. */
  #eyeX = 0;
  #eyeY = 0;

  /** Refits by itself when the window or the quality changes, until the scene shuts down. */
  constructor(scene: Phaser.Scene, quality: Quality, fit: Fit = "contain") {
    this.#scene = scene;
    this.#quality = quality;
    this.#fit = fit;
    this.#camera = scene.cameras.main;
    this.#refit();
    window.addEventListener("resize", this.#refit);
    const stopQuality = quality.onChange(this.#refit);
    scene.events.once("shutdown", () => {
      window.removeEventListener("resize", this.#refit);
      stopQuality();
    });
  }

  /** Centres the view on a point (world px) at once. From now on aim is measured from `eye`, which is drawn with it. */
  follow(centre: Place, eye: Place = centre): void {
    this.#x = centre.x;
    this.#y = centre.y;
    this.#eyeX = eye.x - centre.x;
    this.#eyeY = eye.y - centre.y;
  }

  /** Adds `strength`, 0 to 1, to the current shake. Does nothing with reduced motion. */
  shake(strength: number): void {
    if (!motion.reduced) this.#trauma = Math.min(1, this.#trauma + strength);
  }

  /** Call once a frame, after `follow`. */
  update(timeMs: number, deltaMs: number): void {
    this.#trauma = Math.max(0, this.#trauma - deltaMs / SHAKE_DECAY_MS);
    const reachPx = this.#trauma ** 2 * SHAKE_PX;
    // Two sines of unrelated rates for each axis look like noise, and are smooth at any frame rate.
    const dx = reachPx * (Math.sin(timeMs * 0.071) + Math.sin(timeMs * 0.113)) * 0.5;
    const dy = reachPx * (Math.sin(timeMs * 0.083 + 2) + Math.sin(timeMs * 0.127 + 1)) * 0.5;
    this.#camera.centerOn(this.#x + dx, this.#y + dy);
  }

  /** Direction (radians) and distance (world px) from the drone that aims to a place in the window (CSS px). */
  aimAt(clientX: number, clientY: number): { aim: number; px: number } {
    const { left, top, width, height } = this.rect;
    const scale = this.#scale(width, height);
    const dx = (clientX - (left + width / 2)) / scale - this.#eyeX;
    const dy = (clientY - (top + height / 2)) / scale - this.#eyeY;
    return { aim: Math.atan2(dy, dx), px: Math.hypot(dx, dy) };
  }

  /** Writes into `to` the place in the window (CSS px) of a place in the world, without the shake. Returns `to`. */
  clientPlace(x: number, y: number, to: { x: number; y: number }): Place {
    const { left, top, width, height } = this.rect;
    const scale = this.#scale(width, height);
    to.x = left + width / 2 + (x - this.#x) * scale;
    to.y = top + height / 2 + (y - this.#y) * scale;
    return to;
  }

  /** Converts a length from CSS px to world px. */
  worldPx(cssPx: number): number {
    return cssPx / this.#scale(this.rect.width, this.rect.height);
  }

  #scale(width: number, height: number): number {
    const perX = width / VIEW_WIDTH_PX;
    const perY = height / VIEW_HEIGHT_PX;
    return this.#fit === "cover" ? Math.max(perX, perY) : Math.min(perX, perY);
  }

  readonly #refit = (): void => {
    const { innerWidth, innerHeight } = window;
    const isCover = this.#fit === "cover";
    const scale = this.#scale(innerWidth, innerHeight);
    const width = isCover ? innerWidth : VIEW_WIDTH_PX * scale;
    const height = isCover ? innerHeight : VIEW_HEIGHT_PX * scale;
    this.rect = { left: (innerWidth - width) / 2, top: (innerHeight - height) / 2, width, height };
    const ratio = canvasRatio(this.#quality.level, width, height, window.devicePixelRatio);
    const { filmSize } = this.#quality;
    const backingWidth = filmSize?.width ?? Math.max(1, Math.round(width * ratio));
    const backingHeight = filmSize?.height ?? Math.max(1, Math.round(height * ratio));
    this.#scene.scale.resize(backingWidth, backingHeight);
    this.#camera.setViewport(0, 0, backingWidth, backingHeight);
    this.#camera.setZoom(this.#scale(backingWidth, backingHeight));
    placeCanvas(this.#scene.game.canvas, this.rect);
  };
}

/** Places the canvas in the window, and sets the CSS variables by which the HUD follows it. */
export function placeCanvas(canvas: HTMLCanvasElement, rect: ViewRect): void {
  canvas.style.position = "fixed";
  canvas.style.margin = "0";
  const root = document.documentElement.style;
  for (const side of ["left", "top", "width", "height"] as const) {
    canvas.style[side] = `${rect[side]}px`;
    root.setProperty(`--view-${side}`, `${rect[side]}px`);
  }
}
