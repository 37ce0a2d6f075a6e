/** Draws a drone's temporary states: shield, protection, overcharge, carried flag. Images are created on first use. */
import Phaser from "phaser";
import { HEAT_HUE, PALETTE, PICKUP_HUES, teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { clothFrame, rimFrame, shieldFrame } from "#client/render/paint/atlasFrames.ts";
import { SHIELD_EDGES } from "#client/render/paint/auraPaint.ts";
import { mix } from "#client/render/paint/colour.ts";
import { motion } from "#client/render/reducedMotion.ts";
import type { ShownDrone } from "#client/render/shown.ts";
import { STATUS } from "#shared/schema/state.ts";
import { DRONE } from "#shared/tuning.ts";
import type { Look } from "./droneLabels.ts";

type Image = Phaser.GameObjects.Image;

const SHIELD_TINT = tintOf(mix(PICKUP_HUES.shield, "#ffffff", 0.2));
const WARD_TINT = tintOf(mix(PALETTE.accent, "#ffffff", 0.3));
const HEAT_TINT = tintOf(HEAT_HUE);
const SHIELD_FLASH_MS = 220;
const SHIELD_TURN_RAD_PER_MS = 0.0005;
const WAVE_MS = 95;
/** Distance of the flag's mast behind the turret. */
const FLAG_BACK_PX = 14;
const FLAG_SCALE = 0.95;

export class DroneAura {
  readonly #scene: Phaser.Scene;
  readonly #look: Look;
  readonly #images = new Map<string, Image>();
  #shieldHitMs = Number.NEGATIVE_INFINITY;

  constructor(scene: Phaser.Scene, look: Look) {
    this.#scene = scene;
    this.#look = look;
  }

  shieldHit(timeMs: number): void {
    this.#shieldHitMs = timeMs;
  }

  /** Call once a frame. `heading` is the direction of the hull, radians. */
  draw(drone: ShownDrone, heading: number, timeMs: number): void {
    const { status, shield, carrying } = drone;
    if (this.#shows("ally", this.#look.side === "friend")) this.#drawAllyRing(drone);
    if (this.#shows("shield", shield > 0)) this.#drawShield(drone, timeMs);
    else this.#shows("glare", false);
    if (this.#shows("ward", (status & STATUS.protected) !== 0)) this.#drawWard(drone, timeMs);
    const isHot = (status & STATUS.overcharge) !== 0;
    for (const part of ["heat", "halo"]) this.#shows(part, isHot);
    if (this.#shows("hotRim", isHot)) this.#drawHeat(drone, heading, timeMs);
    if (this.#shows("flag", carrying !== undefined)) this.#drawFlag(drone, carrying ?? 0, heading, timeMs);
  }

  hide(): void {
    for (const image of this.#images.values()) image.visible = false;
  }

  destroy(): void {
    for (const image of this.#images.values()) image.destroy();
  }

  /** Shows or hides a part if it exists already; returns `isThere`, so that the caller creates and draws it. */
  #shows(part: string, isThere: boolean): boolean {
    const image = this.#images.get(part);
    if (image) image.visible = isThere;
    return isThere;
  }

  #part(name: string, make: () => Image): Image {
    let image = this.#images.get(name);
    if (!image) {
      image = make();
      this.#images.set(name, image);
    }
    return image;
  }

  #glow(name: string, frame: string, tint: number, depth?: number): Image {
    const own = this.#look.self ? LAYER.selfAura : LAYER.aura;
    return this.#part(name, () =>
      atlasImage(this.#scene, frame, depth ?? own)
        .setTint(tint)
        .setBlendMode(Phaser.BlendModes.ADD),
    );
  }

  #drawAllyRing({ x, y }: ShownDrone): void {
    const ring = this.#glow("ally", "ally", tintOf(teamHue(this.#look.team)), LAYER.thruster);
    ring.setPosition(x, y).setAlpha(0.6);
  }

  #drawShield({ x, y, shield }: ShownDrone, timeMs: number): void {
    const image = this.#glow("shield", shieldFrame(1), SHIELD_TINT);
    const lit = Math.max(1, Math.ceil((shield / DRONE.maxShield) * SHIELD_EDGES));
    const frame = shieldFrame(lit);
    if (image.frame.name !== frame) image.setFrame(frame);
    const flash = Math.max(0, 1 - (timeMs - this.#shieldHitMs) / SHIELD_FLASH_MS);
    image.setPosition(x, y).setScale(ATLAS_UNIT * (1 + 0.1 * flash));
    image.setRotation(motion.reduced ? 0 : timeMs * SHIELD_TURN_RAD_PER_MS).setAlpha(0.62 + 0.38 * flash);
    const glare = this.#glow("glare", "glow", SHIELD_TINT);
    glare.visible = flash > 0;
    glare
      .setPosition(x, y)
      .setScale(ATLAS_UNIT * 1.5)
      .setAlpha(0.8 * flash);
  }

  #drawWard({ x, y }: ShownDrone, timeMs: number): void {
    const breath = 0.5 + 0.5 * Math.sin(timeMs * 0.006);
    const ward = this.#glow("ward", "ward", WARD_TINT);
    ward.setPosition(x, y).setAlpha(0.45 + 0.4 * breath);
    ward.setScale(ATLAS_UNIT * (0.97 + 0.05 * breath)).setRotation(timeMs * -0.0006);
  }

  /** Around the hull and in its middle, so that the team's hue between them stays visible. */
  #drawHeat({ x, y }: ShownDrone, heading: number, timeMs: number): void {
    const flicker = Math.sin(timeMs * 0.021) * 0.5 + Math.sin(timeMs * 0.037) * 0.5;
    const heat = this.#glow("heat", "heat", HEAT_TINT);
    heat.setPosition(x, y).setRotation(timeMs * 0.004);
    heat.setScale(ATLAS_UNIT * (0.62 + 0.07 * flicker)).setAlpha(0.9);
    const halo = this.#glow("halo", "glow", HEAT_TINT, LAYER.thruster);
    halo
      .setPosition(x, y)
      .setScale(ATLAS_UNIT * (2 + 0.12 * flicker))
      .setAlpha(0.75);
    const rim = this.#glow("hotRim", rimFrame(this.#look.team), HEAT_TINT, LAYER.thruster);
    rim
      .setPosition(x, y)
      .setRotation(heading)
      .setScale(ATLAS_UNIT * (1.16 + 0.03 * flicker))
      .setAlpha(1);
  }

  #drawFlag({ x, y }: ShownDrone, team: number, heading: number, timeMs: number): void {
    const flag = this.#part("flag", () =>
      atlasImage(this.#scene, clothFrame(team, 0), this.#look.self ? LAYER.selfCarried : LAYER.carried),
    );
    const frame = clothFrame(team, Math.floor(timeMs / WAVE_MS));
    if (flag.frame.name !== frame) flag.setFrame(frame);
    flag.setTint(tintOf(teamHue(team)));
    flag.setPosition(x - Math.cos(heading) * FLAG_BACK_PX, y - Math.sin(heading) * FLAG_BACK_PX + 8);
    // The cloth points away from the direction of movement.
    flag.setScale(ATLAS_UNIT * FLAG_SCALE * (Math.cos(heading) > 0 ? -1 : 1), ATLAS_UNIT * FLAG_SCALE);
  }
}
