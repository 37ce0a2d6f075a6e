/** Draws one drone: shadow, hull, barrel and light, with its labels and aura. */
import Phaser from "phaser";
import { teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { barrelFrame, hullFrame, patternFrame, rimFrame } from "#client/render/paint/atlasFrames.ts";
import { mix } from "#client/render/paint/colour.ts";
import type { ShownDrone } from "#client/render/shown.ts";
import { unpackLook, type Look as Worn } from "#shared/career/looks.ts";
import { DroneAura } from "./droneAura.ts";
import { DroneLabels, type Look } from "./droneLabels.ts";

const FLASH_MS = 90;
const RECOIL_MS = 130;
const RECOIL_PX = 6;
/** Time constant of the hull's turn towards its motion; slow enough to look heavy. */
const TURN_MS = 110;
/** Longest time that one frame advances; longer gaps come from a hidden tab. */
const LONGEST_FRAME_MS = 100;
/** A longer step is a teleport and gives no direction. */
const TELEPORT_PX = 120;
const PATTERN_ALPHA = 0.85;
/** A shade of the drone's own hue, so that the hue stays the team's. */
const patternTint = (team: number) => tintOf(mix(teamHue(team), "#ffffff", 0.3));
const SHADOW_PX = { x: 6, y: 11 } as const;

export class DroneView {
  readonly #shadow: Phaser.GameObjects.Image;
  readonly #thruster: Phaser.GameObjects.Image;
  readonly #hull: Phaser.GameObjects.Image;
  /** The worn pattern. */
  readonly #pattern: Phaser.GameObjects.Image | undefined;
  readonly #barrel: Phaser.GameObjects.Image;
  readonly #rim: Phaser.GameObjects.Image;
  readonly #ring: Phaser.GameObjects.Image | undefined;
  readonly #labels: DroneLabels;
  readonly #aura: DroneAura;
  readonly #parts: readonly Phaser.GameObjects.Image[];

  /** The drone's look; read once, because a change of it makes a new view. */
  readonly worn: Worn;

  #heading = Number.NaN;
  #wanted = 0;
  #lastX = 0;
  #lastY = 0;
  #lastMs = 0;
  #flashedMs = Number.NEGATIVE_INFINITY;
  #recoiledMs = Number.NEGATIVE_INFINITY;
  #timeMs = 0;
  #isHidden = false;

  constructor(scene: Phaser.Scene, look: Look) {
    const { team, self } = look;
    this.worn = unpackLook(look.look);
    const { pattern } = this.worn;
    const tint = tintOf(teamHue(team));
    const add = Phaser.BlendModes.ADD;
    this.#shadow = atlasImage(scene, "shadow", LAYER.shadow).setScale(ATLAS_UNIT * 0.92);
    this.#thruster = atlasImage(scene, "glow", LAYER.thruster).setTint(tint).setBlendMode(add);
    this.#hull = atlasImage(scene, hullFrame(team), self ? LAYER.selfHull : LAYER.hull);
    if (pattern !== "plain") {
      this.#pattern = atlasImage(scene, patternFrame(team, pattern), self ? LAYER.selfHull : LAYER.hull)
        .setTint(patternTint(team))
        .setAlpha(PATTERN_ALPHA);
    }
    this.#barrel = atlasImage(scene, barrelFrame(team), self ? LAYER.selfBarrel : LAYER.barrel);
    this.#rim = atlasImage(scene, rimFrame(team), self ? LAYER.selfRim : LAYER.rim)
      .setTint(tint)
      .setBlendMode(add);
    this.#ring = self ? atlasImage(scene, "self", LAYER.selfRim).setTint(tint).setBlendMode(add) : undefined;
    this.#labels = new DroneLabels(scene, look, this.worn.emblem);
    this.#aura = new DroneAura(scene, look);
    const always = [this.#shadow, this.#thruster, this.#hull, this.#barrel, this.#rim];
    this.#parts = [...always, this.#ring, this.#pattern].filter((part) => part !== undefined);
  }

  /** Direction of the hull, radians. */
  get facing(): number {
    return Number.isNaN(this.#heading) ? 0 : this.#heading;
  }

  /** Call once a frame. `moving` is the share of the top speed, 0 to 1; `timeMs` is on one clock for all drones. */
  draw(drone: ShownDrone, moving: number, timeMs: number): void {
    const deltaMs = Math.min(LONGEST_FRAME_MS, Math.max(0, timeMs - this.#lastMs));
    this.#timeMs = timeMs;
    this.#turn(drone, moving, deltaMs);
    this.#drawBody(drone, moving);
    this.#drawBarrel(drone);
    this.#labels.draw(drone);
    this.#aura.draw(drone, this.#heading, timeMs);
    this.#lastX = drone.x;
    this.#lastY = drone.y;
    this.#lastMs = timeMs;
  }

  /** Flashes white after a hit. */
  flash(): void {
    this.#flashedMs = this.#timeMs;
  }

  /** Kicks the barrel back after a shot. */
  recoil(): void {
    this.#recoiledMs = this.#timeMs;
  }

  shieldHit(): void {
    this.#aura.shieldHit(this.#timeMs);
  }

  hide(): void {
    this.#setHidden(true);
  }

  show(): void {
    this.#setHidden(false);
  }

  destroy(): void {
    for (const part of this.#parts) part.destroy();
    this.#labels.destroy();
    this.#aura.destroy();
  }

  #setHidden(isHidden: boolean): void {
    if (isHidden === this.#isHidden) return;
    this.#isHidden = isHidden;
    for (const part of this.#parts) part.visible = !isHidden;
    this.#labels.setHidden(isHidden);
    // The next draw decides which aura parts show, and takes a new heading.
    if (isHidden) this.#aura.hide();
    this.#heading = Number.NaN;
  }

  #turn(pose: ShownDrone, moving: number, deltaMs: number): void {
    if (Number.isNaN(this.#heading)) {
      this.#heading = pose.aim;
      this.#wanted = pose.aim;
      return;
    }
    const dx = pose.x - this.#lastX;
    const dy = pose.y - this.#lastY;
    const stepPx = Math.hypot(dx, dy);
    if (moving > 0.08 && stepPx > 0.2 && stepPx < TELEPORT_PX) this.#wanted = Math.atan2(dy, dx);
    const left = Phaser.Math.Angle.Wrap(this.#wanted - this.#heading);
    this.#heading += left * (1 - Math.exp(-deltaMs / TURN_MS));
  }

  #drawBody({ x, y }: ShownDrone, moving: number): void {
    const breath = Math.sin(this.#timeMs * 0.004 + this.#hull.depth);
    const lift = 1 + breath * 0.012 + moving * 0.02;
    this.#shadow.setPosition(x + SHADOW_PX.x, y + SHADOW_PX.y + moving * 2);
    this.#hull
      .setPosition(x, y)
      .setRotation(this.#heading)
      .setScale(ATLAS_UNIT * lift);
    this.#pattern
      ?.setPosition(x, y)
      .setRotation(this.#heading)
      .setScale(ATLAS_UNIT * lift);
    this.#rim
      .setPosition(x, y)
      .setRotation(this.#heading)
      .setScale(ATLAS_UNIT * lift);
    this.#rim.alpha = 0.3 + breath * 0.08 + moving * 0.14;
    const behindPx = 12 + moving * 11;
    this.#thruster.setPosition(
      x - Math.cos(this.#heading) * behindPx,
      y - Math.sin(this.#heading) * behindPx,
    );
    this.#thruster
      .setRotation(this.#heading)
      .setScale(ATLAS_UNIT * (0.85 + moving * 0.75), ATLAS_UNIT * (0.85 + moving * 0.1));
    this.#thruster.alpha = 0.34 + moving * 0.5 + breath * 0.06;
    this.#ring
      ?.setPosition(x, y)
      .setRotation(this.#timeMs * 0.0004)
      .setAlpha(0.5);
    const isWhite = this.#timeMs - this.#flashedMs < FLASH_MS;
    const mode = isWhite ? Phaser.TintModes.FILL : Phaser.TintModes.MULTIPLY;
    if (this.#hull.tintMode !== mode) {
      this.#hull.setTintMode(mode);
      this.#barrel.setTintMode(mode);
      this.#pattern?.setAlpha(isWhite ? 0 : PATTERN_ALPHA);
    }
  }

  #drawBarrel({ x, y, aim }: ShownDrone): void {
    const since = (this.#timeMs - this.#recoiledMs) / RECOIL_MS;
    const kickPx = since < 1 ? RECOIL_PX * (1 - since) ** 2 : 0;
    this.#barrel.setPosition(x - Math.cos(aim) * kickPx, y - Math.sin(aim) * kickPx).setRotation(aim);
  }
}
