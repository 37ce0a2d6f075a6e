/** Draws the beams of hitscan shots, which fade within a third of a second; beams are pooled. */
import Phaser from "phaser";
import { teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage, BLANK_UNIT } from "#client/render/paint/atlas.ts";
import { BEAM_FRAME_PX, BLANK_TRIM_PX } from "#client/render/paint/atlasFrames.ts";
import { flashes } from "#client/render/reducedMotion.ts";
import { MUZZLE_PX } from "#shared/tuning.ts";

const FADE_MS = 320;
/** A longer frame fades the beam by no more than this, so that slow machines still show it. */
const LONGEST_FRAME_MS = 80;
const GLOW_PX = 40;
const CORE_PX = 13;

/** Factor from a thickness in world px to the scale of the frame "beam". */
const THICKNESS_UNIT = 1 / (BEAM_FRAME_PX / ATLAS_UNIT - 2 * BLANK_TRIM_PX);

interface Beam {
  readonly glow: Phaser.GameObjects.Image;
  readonly core: Phaser.GameObjects.Image;
  readonly end: Phaser.GameObjects.Image;
  leftMs: number;
}

export interface BeamPath {
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
}

export class Beams {
  readonly #scene: Phaser.Scene;
  readonly #beams: Beam[] = [];

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
  }

  /** The path runs from the drone's centre to the end of the shot; the beam is drawn from the muzzle on. */
  fire({ x, y, toX, toY }: BeamPath, team: number): void {
    const beam = this.#beams.find(({ leftMs }) => leftMs <= 0) ?? this.#make();
    const aim = Math.atan2(toY - y, toX - x);
    const fromX = x + Math.cos(aim) * MUZZLE_PX;
    const fromY = y + Math.sin(aim) * MUZZLE_PX;
    const lengthPx = Math.max(1, Math.hypot(toX - x, toY - y) - MUZZLE_PX);
    beam.leftMs = FADE_MS;
    for (const [line, widthPx] of [
      [beam.glow, GLOW_PX],
      [beam.core, CORE_PX],
    ] as const) {
      line.setPosition((fromX + toX) / 2, (fromY + toY) / 2).setRotation(aim);
      line.setScale(lengthPx * BLANK_UNIT, widthPx * THICKNESS_UNIT).setVisible(true);
    }
    beam.glow.setTint(tintOf(teamHue(team)));
    beam.end
      .setPosition(toX, toY)
      .setTint(tintOf(teamHue(team)))
      .setVisible(true);
  }

  /** Call once a frame. */
  update(deltaMs: number): void {
    for (const beam of this.#beams) {
      if (beam.leftMs <= 0) continue;
      beam.leftMs -= Math.min(deltaMs, LONGEST_FRAME_MS);
      const share = Math.max(0, beam.leftMs / FADE_MS);
      beam.glow.setAlpha(0.8 * share * flashes.level).setVisible(share > 0);
      beam.core.setAlpha(share * share).setVisible(share > 0);
      beam.end.setAlpha(share * flashes.level).setVisible(share > 0);
    }
  }

  clear(): void {
    for (const beam of this.#beams) {
      beam.leftMs = 0;
      for (const part of [beam.glow, beam.core, beam.end]) part.visible = false;
    }
  }

  #make(): Beam {
    const line = (frame: string) =>
      atlasImage(this.#scene, frame, LAYER.shot).setBlendMode(Phaser.BlendModes.ADD);
    const beam = { glow: line("beam"), core: line("beam"), end: line("glow"), leftMs: 0 };
    beam.end.setScale(ATLAS_UNIT);
    this.#beams.push(beam);
    return beam;
  }
}
