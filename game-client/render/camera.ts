/** What the player sees: a fixed piece of the world fitted into whatever window, centred on one point. */
import type Phaser from "phaser";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { Quality } from "./quality.ts";
import { motion } from "./reducedMotion.ts";

/** Finer than this costs more than the eye gets back. */
const PIXEL_RATIO_MAX = 2;
const SHAKE_PX = 16;
/** A full shake is over after this long. */
const SHAKE_DECAY_MS = 420;
/** Longest side; beyond it the backing store is drawn coarser. */
const BACKING_MAX_PX = 4096;

export interface ViewRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** "contain": everybody sees the same, with bars where the window has another shape; "cover": no bars (title). */
export type Fit = "contain" | "cover";

export class ViewCamera {
  /** Of the canvas in the window, CSS px. */
  rect: ViewRect = { left: 0, top: 0, width: 0, height: 0 };
  readonly #camera: Phaser.Cameras.Scene2D.Camera;
  readonly #scene: Phaser.Scene;
  readonly #quality: Quality;
  readonly #fit: Fit;
  #trauma = 0;
  #x = 0;
  #y = 0;

  /** Refits on its own when window or quality change, until the scene shuts down. */
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

  /** Exactly in the middle, at once, also at the arena's border. World px. */
  follow(x: number, y: number): void {
    this.#x = x;
    this.#y = y;
  }

  /** 0…1, added to what still shakes. Nothing for those who asked for less motion. */
  shake(strength: number): void {
    if (!motion.reduced) this.#trauma = Math.min(1, this.#trauma + strength);
  }

  /** Once a frame, after follow. */
  update(timeMs: number, deltaMs: number): void {
    this.#trauma = Math.max(0, this.#trauma - deltaMs / SHAKE_DECAY_MS);
    const reachPx = this.#trauma ** 2 * SHAKE_PX;
    // Two sines of unrelated rates an axis: as restless as noise, and smooth at any frame rate.
    const dx = reachPx * (Math.sin(timeMs * 0.071) + Math.sin(timeMs * 0.113)) * 0.5;
    const dy = reachPx * (Math.sin(timeMs * 0.083 + 2) + Math.sin(timeMs * 0.127 + 1)) * 0.5;
    this.#camera.centerOn(this.#x + dx, this.#y + dy);
  }

  /** From the view's centre, where the own drone is, to a place in the window (CSS px): radians, and world px. */
  aimAt(clientX: number, clientY: number): { aim: number; px: number } {
    const { left, top, width, height } = this.rect;
    const dx = clientX - (left + width / 2);
    const dy = clientY - (top + height / 2);
    return { aim: Math.atan2(dy, dx), px: Math.hypot(dx, dy) / this.#scale(width, height) };
  }

  /** CSS px of the window → px of the world. */
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
    const cover = this.#fit === "cover";
    const scale = this.#scale(innerWidth, innerHeight);
    const width = cover ? innerWidth : VIEW_WIDTH_PX * scale;
    const height = cover ? innerHeight : VIEW_HEIGHT_PX * scale;
    this.rect = { left: (innerWidth - width) / 2, top: (innerHeight - height) / 2, width, height };
    const finest = BACKING_MAX_PX / Math.max(width, height, 1);
    const ratio = Math.min(window.devicePixelRatio, PIXEL_RATIO_MAX, finest) * this.#quality.level.backing;
    const backingWidth = Math.max(1, Math.round(width * ratio));
    const backingHeight = Math.max(1, Math.round(height * ratio));
    this.#scene.scale.resize(backingWidth, backingHeight);
    this.#camera.setViewport(0, 0, backingWidth, backingHeight);
    this.#camera.setZoom(this.#scale(backingWidth, backingHeight));
    placeCanvas(this.#scene.game.canvas, this.rect);
  };
}

/** Phaser resizes the canvas; where it lies and what the HUD is laid over is told here. */
function placeCanvas(canvas: HTMLCanvasElement, rect: ViewRect): void {
  canvas.style.position = "fixed";
  canvas.style.margin = "0";
  const root = document.documentElement.style;
  for (const side of ["left", "top", "width", "height"] as const) {
    canvas.style[side] = `${rect[side]}px`;
    root.setProperty(`--view-${side}`, `${rect[side]}px`);
  }
}
