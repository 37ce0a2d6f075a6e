/** Moves what lives in a place without anybody's doing: lights that breathe, embers, leaves, rain, traffic. */
import Phaser from "phaser";
import { tintOf } from "#client/palette.ts";
import { addImage } from "#client/render/image.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS } from "#client/render/paint/atlas.ts";
import { addPainted } from "#client/render/paint/canvasTexture.ts";
import type { Quality } from "#client/render/quality.ts";
import { motion } from "#client/render/reducedMotion.ts";
import { chance } from "#client/render/themes/kit/chance.ts";
import type { Ambient, Glow, Lane, Mote, Sprite, Theme } from "#client/render/themes/theme.ts";
import type { Arena } from "#shared/arena/arena.ts";

type Image = Phaser.GameObjects.Image;
type Camera = Phaser.Cameras.Scene2D.Camera;

export interface Ambience {
  /** Call once a frame, after the camera has moved; `timeMs` is the frame's time stamp. */
  update(camera: Camera, timeMs: number): void;
  /** For a scene that outlives its arena. */
  destroy(): void;
}

/** Texture px per world px of a theme's sprites. */
const SPRITE_SCALE = 2;
/** Share of a mote's life in which it appears, and in which it goes. */
const FADE_SHARE = 0.2;
/** Motes live this far beyond the view, so that none pops up in it when the camera moves. */
const REACH_PX = 80;

/** Lasts as long as its scene. With reduced motion lights stay still, and nothing drifts. */
export function createAmbience(
  scene: Phaser.Scene,
  arena: Arena,
  { ambient }: Theme,
  quality: Quality,
): Ambience {
  const sprites = addSprites(scene, arena, ambient.sprites ?? []);
  const glows = ambient.glows(arena).map((glow, index) => new GlowView(scene, glow, sprites, index));
  const lights = laneLights(scene, ambient, arena);
  const motes = ambient.motes.flatMap((mote, kind) =>
    Array.from({ length: mote.count }, (_, index) => new MoteView(scene, mote, sprites, kind, index)),
  );
  return {
    update(camera, timeMs) {
      const { reduced } = motion;
      const { particles } = quality.level;
      view.x = camera.midPoint.x;
      view.y = camera.midPoint.y;
      view.reachX = camera.width / camera.zoom / 2;
      view.reachY = camera.height / camera.zoom / 2;
      for (const glow of glows) glow.update(reduced ? 0 : timeMs);
      for (const light of lights) light.update(reduced ? 0 : timeMs);
      for (const mote of motes) mote.update(timeMs, !reduced && mote.share < particles);
    },
    destroy() {
      for (const part of [...glows, ...lights, ...motes]) part.destroy();
    },
  };
}

/** The part of the world in view, px; one object, so that a frame allocates none. */
const view = { x: 0, y: 0, reachX: 0, reachY: 0 };

const isInView = (x: number, y: number, halfX: number, halfY: number): boolean =>
  Math.abs(x - view.x) < view.reachX + halfX && Math.abs(y - view.y) < view.reachY + halfY;

/** Adds the theme's sprites side by side; returns the texture's key. */
function addSprites(scene: Phaser.Scene, { theme }: Arena, sprites: readonly Sprite[]): string {
  const key = `sprites-${theme}`;
  if (sprites.length === 0 || scene.textures.exists(key)) return key;
  const sides = sprites.map(({ sidePx }) => sidePx * SPRITE_SCALE);
  const width = sides.reduce((sum, side) => sum + side, 0);
  let left = 0;
  const texture = addPainted(scene.textures, key, width, Math.max(...sides), (ctx) => {
    for (const { sidePx, paint } of sprites) {
      ctx.save();
      ctx.translate(left + (sidePx * SPRITE_SCALE) / 2, (sidePx * SPRITE_SCALE) / 2);
      ctx.scale(SPRITE_SCALE, SPRITE_SCALE);
      paint(ctx);
      ctx.restore();
      left += sidePx * SPRITE_SCALE;
    }
  });
  left = 0;
  for (const { name, sidePx } of sprites) {
    texture.add(name, 0, left, 0, sidePx * SPRITE_SCALE, sidePx * SPRITE_SCALE);
    left += sidePx * SPRITE_SCALE;
  }
  return key;
}

const addLight = (scene: Phaser.Scene, texture: string, frame: string, hue: string): Image =>
  addImage(scene, 0, 0, texture, frame, LAYER.glow).setTint(tintOf(hue)).setBlendMode(Phaser.BlendModes.ADD);

class GlowView {
  readonly #image: Image;
  readonly #glow: Glow;
  readonly #phase: number;

  constructor(scene: Phaser.Scene, glow: Glow, sprites: string, index: number) {
    this.#glow = glow;
    this.#phase = chance(index, Math.round(glow.x + glow.y), 1) * 2 * Math.PI;
    const { x, y, px, heightPx = px, sprite } = glow;
    this.#image = addLight(scene, sprite ? sprites : ATLAS, sprite ?? "glow", glow.hue);
    this.#image.setPosition(x, y).setDisplaySize(px, heightPx).setAlpha(glow.alpha);
  }

  destroy(): void {
    this.#image.destroy();
  }

  update(timeMs: number): void {
    const { x, y, px, heightPx = px, alpha, depth, periodMs, flickers, sprite } = this.#glow;
    this.#image.visible = isInView(x, y, px / 2, heightPx / 2);
    if (!this.#image.visible) return;
    const turn = (timeMs / periodMs) * 2 * Math.PI + this.#phase;
    let light = 1 - depth * (0.5 + 0.5 * Math.sin(turn));
    if (flickers && chance(Math.floor(timeMs / 70), Math.round(x), Math.round(y)) > 0.93) light *= 0.25;
    this.#image.alpha = alpha * light;
    if (!sprite || timeMs === 0) return;
    // Sprites are patterns of light, which wander a little.
    this.#image.setPosition(x + Math.sin(turn * 0.7) * px * 0.03, y + Math.cos(turn * 0.9) * heightPx * 0.03);
  }
}

/** The lights of a lane, one after the other; each runs the lane's whole length and starts again. */
function laneLights(scene: Phaser.Scene, { lanes }: Ambient, arena: Arena): LaneLight[] {
  return (lanes?.(arena) ?? []).flatMap((lane, number) => {
    const lengthPx = Math.hypot(lane.toX - lane.fromX, lane.toY - lane.fromY);
    const count = Math.max(1, Math.floor(lengthPx / lane.gapPx));
    return Array.from({ length: count }, (_, index) => {
      const start = (index + chance(index, number, 2) * 0.6) / count;
      return new LaneLight(scene, lane, lengthPx, start);
    });
  });
}

class LaneLight {
  readonly #image: Image;
  readonly #lane: Lane;
  readonly #lengthPx: number;
  readonly #start: number;

  constructor(scene: Phaser.Scene, lane: Lane, lengthPx: number, start: number) {
    this.#lane = lane;
    this.#lengthPx = lengthPx;
    this.#start = start;
    this.#image = addLight(scene, ATLAS, "glow", lane.hue).setDisplaySize(lane.px * 2.2, lane.px);
    this.#image.setRotation(Math.atan2(lane.toY - lane.fromY, lane.toX - lane.fromX)).setAlpha(lane.alpha);
  }

  destroy(): void {
    this.#image.destroy();
  }

  update(timeMs: number): void {
    const { fromX, fromY, toX, toY, pxPerSec, px } = this.#lane;
    const share = (this.#start + (timeMs * pxPerSec) / 1000 / this.#lengthPx) % 1;
    const x = fromX + (toX - fromX) * share;
    const y = fromY + (toY - fromY) * share;
    this.#image.visible = isInView(x, y, px, px);
    if (this.#image.visible) this.#image.setPosition(x, y);
  }
}

/** A mote is born again somewhere in the view when its life ends. */
class MoteView {
  /** Shown when the quality level's share of particles is above it. */
  readonly share: number;
  readonly #image: Image;
  readonly #mote: Mote;
  readonly #seed: number;
  readonly #unit: number;
  #lives = 0;
  #bornMs = 0;
  #lifeMs = 0;
  #x = 0;
  #y = 0;
  #driftX = 0;
  #driftY = 0;
  #phase = 0;

  constructor(scene: Phaser.Scene, mote: Mote, sprites: string, kind: number, index: number) {
    this.#mote = mote;
    this.#seed = kind * 1000 + index;
    this.share = index / mote.count;
    const depth = mote.glows ? LAYER.spark : LAYER.smoke;
    this.#image = addImage(scene, 0, 0, mote.fromTheme ? sprites : ATLAS, mote.frame, depth)
      .setBlendMode(mote.glows ? Phaser.BlendModes.ADD : Phaser.BlendModes.NORMAL)
      .setVisible(false);
    this.#unit = 1 / this.#image.frame.width;
  }

  destroy(): void {
    this.#image.destroy();
  }

  update(timeMs: number, isWanted: boolean): void {
    if (!isWanted) {
      this.#image.visible = false;
      return;
    }
    const age = (timeMs - this.#bornMs) / this.#lifeMs;
    if (!(age < 1)) this.#beBorn(timeMs);
    else this.#live(age, timeMs - this.#bornMs);
  }

  #beBorn(timeMs: number): void {
    const { px, driftX, driftY, lifeMs, hues, turn = 0, stretch = 1 } = this.#mote;
    const isFirst = this.#lives++ === 0;
    const next = (salt: number) => chance(this.#seed, this.#lives, salt);
    const between = (range: readonly [number, number], salt: number) =>
      range[0] + (range[1] - range[0]) * next(salt);
    this.#lifeMs = between(lifeMs, 1);
    // At first of any age: not all appear together.
    this.#bornMs = timeMs - (isFirst ? next(2) * this.#lifeMs : 0);
    this.#driftX = between(driftX, 3) / 1000;
    this.#driftY = between(driftY, 4) / 1000;
    const spanX = 2 * (view.reachX + REACH_PX);
    const spanY = 2 * (view.reachY + REACH_PX);
    this.#x = view.x + (next(5) - 0.5) * spanX - (this.#driftX * this.#lifeMs) / 2;
    this.#y = view.y + (next(6) - 0.5) * spanY - (this.#driftY * this.#lifeMs) / 2;
    this.#phase = next(7) * 2 * Math.PI;
    const scale = between(px, 8) * this.#unit;
    this.#image.setScale(scale, scale * stretch).setRotation(turn);
    this.#image.setTint(tintOf(hues[Math.floor(next(9) * hues.length)] ?? "#ffffff"));
    this.#image.visible = false;
  }

  #live(age: number, ageMs: number): void {
    const { wanderPx, alpha, spin = 0, turn = 0 } = this.#mote;
    const swing = ageMs * 0.0011 + this.#phase;
    const x = this.#x + this.#driftX * ageMs + Math.sin(swing) * wanderPx;
    const y = this.#y + this.#driftY * ageMs + Math.sin(swing * 1.37 + 1) * wanderPx;
    this.#image.visible = isInView(x, y, REACH_PX, REACH_PX);
    if (!this.#image.visible) return;
    this.#image.setPosition(x, y);
    this.#image.alpha = alpha * Math.min(1, age / FADE_SHARE, (1 - age) / FADE_SHARE);
    if (spin !== 0) this.#image.rotation = turn + this.#phase + spin * ageMs * 0.001;
  }
}
