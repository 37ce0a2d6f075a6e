/** The editor's view: the canvas fills the window, and the map can be moved and zoomed in the part that no panel covers. */
import type Phaser from "phaser";
import { placeCanvas } from "#client/render/camera.ts";
import { canvasRatio, type Quality } from "#client/render/quality.ts";
import { motion } from "#client/render/reducedMotion.ts";

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Insets {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const ZOOM_MAX = 3;
/** The smallest zoom, as a share of the one at which the whole map is in view. */
const ZOOM_MIN_SHARE = 0.5;
/** The margin around a map that is wholly in view, in the free part. */
const MARGIN_PX = 24;
/** How fast the view glides to a place. */
const GLIDE_MS = 90;

export class EditorCamera {
  /** CSS px per world px. */
  zoom = 1;
  readonly #scene: Phaser.Scene;
  readonly #quality: Quality;
  #insets: Insets = { left: 0, top: 0, right: 0, bottom: 0 };
  #map = { width: 1, height: 1 };
  /** World px in the middle of the free part. */
  #x = 0;
  #y = 0;
  /** Whether the whole map stays in view, as until somebody moves or zooms it. */
  #isFitted = true;
  #target: Place | undefined;

  /** Follows the window's size until the scene shuts down. */
  constructor(scene: Phaser.Scene, quality: Quality) {
    this.#scene = scene;
    this.#quality = quality;
    this.#resize();
    window.addEventListener("resize", this.#resize);
    const stopQuality = quality.onChange(this.#resize);
    scene.events.once("shutdown", () => {
      window.removeEventListener("resize", this.#resize);
      stopQuality();
    });
  }

  set insets(insets: Insets) {
    this.#insets = insets;
    if (this.#isFitted) this.fit();
  }

  /** The map's size, world px. */
  set map(map: { width: number; height: number }) {
    const isOther = map.width !== this.#map.width || map.height !== this.#map.height;
    this.#map = map;
    if (isOther && this.#isFitted) this.fit();
  }

  /** Shows the whole map. */
  fit(): void {
    this.#isFitted = true;
    this.#target = undefined;
    this.zoom = this.#fittingZoom;
    this.#x = this.#map.width / 2;
    this.#y = this.#map.height / 2;
  }

  /** Moves the picture with the pointer, CSS px. */
  panBy(dx: number, dy: number): void {
    this.#isFitted = false;
    this.#target = undefined;
    this.#moveTo({ x: this.#x - dx / this.zoom, y: this.#y - dy / this.zoom });
  }

  /** Zooms by a factor; what is at this place of the window stays there. By default, the middle does. */
  zoomBy(factor: number, at: Place = this.#middle): void {
    const before = this.toWorld(at);
    const min = Math.min(1, this.#fittingZoom * ZOOM_MIN_SHARE);
    this.#isFitted = false;
    this.#target = undefined;
    this.zoom = Math.max(min, Math.min(ZOOM_MAX, this.zoom * factor));
    const after = this.toWorld(at);
    this.#moveTo({ x: this.#x + before.x - after.x, y: this.#y + before.y - after.y });
  }

  /** Glides to a place of the map. */
  lookAt(place: Place): void {
    this.#isFitted = false;
    this.zoom = Math.max(this.zoom, Math.min(1, this.#fittingZoom * 2));
    if (motion.reduced) this.#moveTo(place);
    else this.#target = place;
  }

  /** Moves the view as little as it must to show a place, as for the cell that keys move. */
  reveal({ x, y }: Place, marginPx = 64): void {
    const { width, height } = this.#free;
    const reachX = Math.max(0, width / 2 - marginPx) / this.zoom;
    const reachY = Math.max(0, height / 2 - marginPx) / this.zoom;
    const clamp = (value: number, at: number, reach: number) =>
      Math.max(at - reach, Math.min(at + reach, value));
    const next = { x: clamp(this.#x, x, reachX), y: clamp(this.#y, y, reachY) };
    if (next.x === this.#x && next.y === this.#y) return;
    this.#isFitted = false;
    this.#moveTo(next);
  }

  /** Place in the window, CSS px → world px. */
  toWorld({ x, y }: Place): Place {
    const middle = this.#middle;
    return { x: this.#x + (x - middle.x) / this.zoom, y: this.#y + (y - middle.y) / this.zoom };
  }

  /** World px → place in the window, CSS px. */
  toClient({ x, y }: Place): Place {
    const middle = this.#middle;
    return { x: middle.x + (x - this.#x) * this.zoom, y: middle.y + (y - this.#y) * this.zoom };
  }

  /** Call once a frame. */
  update(deltaMs: number): void {
    if (this.#target) this.#glide(this.#target, deltaMs);
    const camera = this.#scene.cameras.main;
    const centre = this.toWorld({ x: window.innerWidth / 2, y: window.innerHeight / 2 });
    camera.setZoom(this.zoom * (camera.width / Math.max(1, window.innerWidth)));
    camera.centerOn(centre.x, centre.y);
  }

  #glide(target: Place, deltaMs: number): void {
    const share = 1 - Math.exp(-deltaMs / GLIDE_MS);
    this.#moveTo({ x: this.#x + (target.x - this.#x) * share, y: this.#y + (target.y - this.#y) * share });
    if (Math.hypot(target.x - this.#x, target.y - this.#y) * this.zoom < 0.5) this.#target = undefined;
  }

  /** Some of the map stays in view. */
  #moveTo({ x, y }: Place): void {
    this.#x = Math.max(0, Math.min(this.#map.width, x));
    this.#y = Math.max(0, Math.min(this.#map.height, y));
  }

  get #free() {
    const { left, top, right, bottom } = this.#insets;
    return {
      ...{ left, top },
      width: Math.max(1, window.innerWidth - left - right),
      height: Math.max(1, window.innerHeight - top - bottom),
    };
  }

  get #middle(): Place {
    const { left, top, width, height } = this.#free;
    return { x: left + width / 2, y: top + height / 2 };
  }

  get #fittingZoom(): number {
    const { width, height } = this.#free;
    const across = Math.max(1, width - 2 * MARGIN_PX) / this.#map.width;
    const down = Math.max(1, height - 2 * MARGIN_PX) / this.#map.height;
    return Math.min(ZOOM_MAX, across, down);
  }

  readonly #resize = (): void => {
    const { innerWidth: width, innerHeight: height } = window;
    const ratio = canvasRatio(this.#quality.level, width, height, window.devicePixelRatio);
    const backingWidth = Math.max(1, Math.round(width * ratio));
    const backingHeight = Math.max(1, Math.round(height * ratio));
    this.#scene.scale.resize(backingWidth, backingHeight);
    this.#scene.cameras.main.setViewport(0, 0, backingWidth, backingHeight);
    placeCanvas(this.#scene.game.canvas, { left: 0, top: 0, width, height });
    if (this.#isFitted) this.fit();
  };
}
