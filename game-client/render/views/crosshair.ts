/**
 * The crosshair, drawn in the arena where the player aims: four ticks for the blaster, and for the special weapon what
 * tells where it hits: the width of its cone, its landing ring, and its reload as a dial.
 */
import type Phaser from "phaser";
import { dangerHue, PALETTE, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { dialFrame } from "#client/render/paint/atlasFrames.ts";
import { mix } from "#client/render/paint/colour.ts";
import { TARGET_RADIUS_PX } from "#client/render/paint/shotPaint.ts";
import { pickupLooksOf } from "#client/weaponLooks.ts";
import type { Place } from "#shared/sim/sight.ts";
import { lobOf, MUZZLE_PX, PROJECTILES, type SpecialName, WEAPONS } from "#shared/tuning.ts";

export interface Aimed {
  /** Radians; px from the drone's centre to the crosshair. */
  readonly aim: number;
  readonly px: number;
  /** How far a shell would go that had no shortest and longest way, px. */
  readonly lobPx: number;
  /** 0 while the blaster reloads, 1 when it is ready. */
  readonly readyShare: number;
  readonly special: SpecialName | undefined;
  readonly specialReadyShare: number;
}

/** From the middle to the ticks: with the blaster ready, and added right after a shot. */
const GAP_PX = 11;
const KICK_PX = 6;
const DIAL_SCALE = 0.85;
const OUT_OF_RANGE_ALPHA = 0.6;

export class Crosshair {
  readonly #dot: Phaser.GameObjects.Image;
  readonly #ticks: readonly Phaser.GameObjects.Image[];
  readonly #wings: readonly [Phaser.GameObjects.Image, Phaser.GameObjects.Image];
  readonly #dial: Phaser.GameObjects.Image;
  readonly #landing: Phaser.GameObjects.Image;
  readonly #all: readonly Phaser.GameObjects.Image[];
  #shownSpecial: SpecialName | undefined;

  constructor(scene: Phaser.Scene) {
    const add = (frame: string) => atlasImage(scene, frame, LAYER.aim);
    this.#dot = add("aimDot");
    this.#ticks = [add("aimTick"), add("aimTick"), add("aimTick"), add("aimTick")];
    this.#wings = [add("aimWing"), add("aimWing")];
    this.#dial = add(dialFrame(1));
    this.#landing = add("target");
    this.#all = [this.#dot, ...this.#ticks, ...this.#wings, this.#dial, this.#landing];
    this.hide();
  }

  hide(): void {
    for (const image of this.#all) image.visible = false;
  }

  /** Call once a frame. `scale` enlarges the marks where the screen is small. */
  draw(drone: Place, aimed: Aimed, scale: number): void {
    const { aim, px, lobPx, special } = aimed;
    if (special !== this.#shownSpecial) this.#dress(special);
    const x = drone.x + Math.cos(aim) * px;
    const y = drone.y + Math.sin(aim) * px;
    this.#drawBlaster(x, y, aimed, scale);
    this.#drawDial(x, y, aimed, scale);
    this.#drawWings(drone, aimed, special === "scatter", scale);
    const lob = special && lobOf(special);
    this.#landing.visible = lob !== undefined;
    if (!special || !lob) return;
    const { rangePx } = WEAPONS[special];
    const landsPx = Math.max(lob.minPx, Math.min(lobPx, rangePx));
    this.#landing
      .setPosition(drone.x + Math.cos(aim) * landsPx, drone.y + Math.sin(aim) * landsPx)
      .setScale((ATLAS_UNIT * lob.splashPx) / TARGET_RADIUS_PX)
      .setAlpha(lobPx > rangePx ? 0.35 : 0.6);
  }

  /** Beyond the blaster's range the ticks stand crosswise, dim and in the hue of danger. */
  #drawBlaster(x: number, y: number, { px, readyShare }: Aimed, scale: number): void {
    const isInRange = px <= PROJECTILES.blaster.rangePx + MUZZLE_PX;
    const tint = isInRange ? 0xffffff : tintOf(mix(dangerHue(), "#ffffff", 0.3));
    const alpha = isInRange ? 1 : OUT_OF_RANGE_ALPHA;
    this.#dot
      .setPosition(x, y)
      .setScale(ATLAS_UNIT * scale)
      .setTint(tint)
      .setAlpha(alpha);
    this.#dot.visible = true;
    const gapPx = (GAP_PX + KICK_PX * (1 - readyShare)) * scale;
    for (let side = 0; side < 4; side++) {
      const tick = this.#ticks[side] as Phaser.GameObjects.Image;
      const turn = (side * Math.PI) / 2 + (isInRange ? 0 : Math.PI / 4);
      tick.setPosition(x + Math.cos(turn) * gapPx, y + Math.sin(turn) * gapPx).setRotation(turn);
      tick
        .setScale(ATLAS_UNIT * scale)
        .setTint(tint)
        .setAlpha(alpha);
      tick.visible = true;
    }
  }

  /** Shown while the special weapon reloads. */
  #drawDial(x: number, y: number, { special, specialReadyShare }: Aimed, scale: number): void {
    this.#dial.visible = special !== undefined && specialReadyShare < 1;
    if (!this.#dial.visible) return;
    this.#dial.setFrame(dialFrame(Math.max(0, specialReadyShare)));
    this.#dial.setPosition(x, y).setScale(ATLAS_UNIT * scale * DIAL_SCALE);
  }

  /** Both edges of the cone at the pointer's distance; beyond the range they stay at its end, dimmed. */
  #drawWings(drone: Place, { aim, px }: Aimed, isShown: boolean, scale: number): void {
    const { spreadRad, rangePx } = PROJECTILES.scatter;
    const isInRange = px <= rangePx + MUZZLE_PX;
    const atPx = Math.max(2 * MUZZLE_PX, Math.min(px, rangePx + MUZZLE_PX));
    for (const [place, wing] of this.#wings.entries()) {
      wing.visible = isShown;
      if (!isShown) continue;
      const out = place === 0 ? -1 : 1;
      const turn = aim + (out * spreadRad) / 2;
      wing.setPosition(drone.x + Math.cos(turn) * atPx, drone.y + Math.sin(turn) * atPx);
      wing.setRotation(turn + (out * Math.PI) / 2 + Math.PI / 2).setScale(ATLAS_UNIT * scale);
      wing.setAlpha(isInRange ? 1 : OUT_OF_RANGE_ALPHA);
    }
  }

  #dress(special: SpecialName | undefined): void {
    this.#shownSpecial = special;
    if (special === undefined) return;
    const tint = tintOf(mix(pickupLooksOf(special).hue, PALETTE.text, 0.35));
    for (const image of [...this.#wings, this.#dial, this.#landing]) image.setTint(tint);
  }
}
