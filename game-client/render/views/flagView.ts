/** Draws a flag: waving on its stand, lying where it was dropped with a ring that runs out, or only its empty stand. */
import Phaser from "phaser";
import { teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { clothFrame, dialFrame, emblemFrame } from "#client/render/paint/atlasFrames.ts";
import { motion } from "#client/render/reducedMotion.ts";
import type { ShownFlag } from "#client/render/shown.ts";
import { TICK_MS } from "#shared/config.ts";
import { CAPTURE_THE_FLAG } from "#shared/tuning.ts";

const WAVE_MS = 120;
const RETURN_MS = CAPTURE_THE_FLAG.returnTicks * TICK_MS;
const SCALE = 1.3;
/** Tilt of a dropped flag. */
const LEAN_RAD = 1.15;

type Where = "home" | "dropped" | "carried";

export class FlagView {
  readonly #team: number;
  readonly #stand: Phaser.GameObjects.Image;
  readonly #emblem: Phaser.GameObjects.Image;
  readonly #shadow: Phaser.GameObjects.Image;
  readonly #cloth: Phaser.GameObjects.Image;
  readonly #dial: Phaser.GameObjects.Image;
  #where: Where | undefined;
  #x = 0;
  #y = 0;
  /** When this view first saw the flag dropped. It is not synced, so a player who joins later sees too full a ring. */
  #droppedMs = 0;

  constructor(scene: Phaser.Scene, team: number) {
    this.#team = team;
    const add = Phaser.BlendModes.ADD;
    this.#stand = atlasImage(scene, "stand", LAYER.mark).setBlendMode(add);
    this.#emblem = atlasImage(scene, emblemFrame(team), LAYER.mark).setBlendMode(add);
    this.#emblem.setScale(ATLAS_UNIT * 0.34);
    this.#shadow = atlasImage(scene, "shadow", LAYER.markShadow);
    this.#cloth = atlasImage(scene, clothFrame(team, 0), LAYER.flag).setScale(ATLAS_UNIT * SCALE);
    this.#dial = atlasImage(scene, dialFrame(1), LAYER.mark).setBlendMode(add);
    this.applyHues();
  }

  /** Applies the team's hue of the chosen palette. */
  applyHues(): void {
    const tint = tintOf(teamHue(this.#team));
    for (const part of [this.#stand, this.#emblem, this.#cloth, this.#dial]) part.setTint(tint);
  }

  /** Call once a frame. Returns whether the flag has moved since the last call. */
  draw(flag: ShownFlag, timeMs: number): boolean {
    const where = whereIs(flag);
    const hasMoved =
      this.#where !== undefined && (where !== this.#where || flag.x !== this.#x || flag.y !== this.#y);
    if (hasMoved || this.#where === undefined) this.#droppedMs = timeMs;
    this.#where = where;
    this.#x = flag.x;
    this.#y = flag.y;
    this.#drawStand(flag, timeMs);
    this.#cloth.visible = where !== "carried";
    this.#shadow.visible = where !== "carried";
    this.#dial.visible = where === "dropped";
    if (where !== "carried") this.#drawCloth(flag, where, timeMs);
    return hasMoved;
  }

  destroy(): void {
    for (const part of [this.#stand, this.#emblem, this.#shadow, this.#cloth, this.#dial]) part.destroy();
  }

  #drawStand({ home }: ShownFlag, timeMs: number): void {
    const breath = motion.reduced ? 0 : Math.sin(timeMs * 0.0025);
    this.#stand.setPosition(home.x, home.y).setAlpha(this.#where === "home" ? 0.75 + 0.15 * breath : 0.4);
    this.#emblem.setPosition(home.x, home.y + 20).setAlpha(this.#where === "home" ? 0.7 : 0.35);
  }

  #drawCloth({ x, y }: ShownFlag, where: Where, timeMs: number): void {
    const frame = clothFrame(this.#team, motion.reduced ? 0 : Math.floor(timeMs / WAVE_MS));
    if (this.#cloth.frame.name !== frame) this.#cloth.setFrame(frame);
    const isDropped = where === "dropped";
    this.#cloth
      .setPosition(isDropped ? x - 20 : x, isDropped ? y + 14 : y)
      .setRotation(isDropped ? LEAN_RAD : 0);
    this.#shadow.setPosition(x + 5, y + 4).setScale(ATLAS_UNIT * 0.7, ATLAS_UNIT * 0.4);
    const left = Math.max(0, 1 - (timeMs - this.#droppedMs) / RETURN_MS);
    const frameOfDial = dialFrame(left);
    if (this.#dial.frame.name !== frameOfDial) this.#dial.setFrame(frameOfDial);
    this.#dial.setPosition(x, y).setScale(ATLAS_UNIT * 1.25);
  }
}

function whereIs({ x, y, home, carried }: ShownFlag): Where {
  if (carried) return "carried";
  return x === home.x && y === home.y ? "home" : "dropped";
}
