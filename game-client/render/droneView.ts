/** One drone on the screen: shadow, hull, barrel, light, name and health, posed anew each frame. */
import Phaser from "phaser";
import { PALETTE, teamHue, tintOf } from "#client/palette.ts";
import { ATLAS_UNIT, atlasImage, barrelFrame, hullFrame, rimFrame } from "./atlas.ts";
import { mix } from "./colour.ts";
import { LAYER } from "./layers.ts";

export interface DroneLook {
  readonly team: number;
  readonly name: string;
  readonly self: boolean;
}
export interface Pose {
  readonly x: number;
  readonly y: number;
  /** Radians, 0 to the right, clockwise. */
  readonly aim: number;
}
export interface DroneState {
  readonly hp: number;
  readonly hpMax: number;
  /** 0 at rest … 1 at full speed. */
  readonly moving: number;
}

const FLASH_MS = 90;
const RECOIL_MS = 130;
const RECOIL_PX = 6;
/** The hull turns towards its motion with this time constant; slow enough to look heavy. */
const TURN_MS = 110;
/** Frames further apart than this (a hidden tab) count as one this long. */
const LONGEST_FRAME_MS = 100;
/** A step longer than this is a teleport: no direction is read from it. */
const TELEPORT_PX = 120;
const SHADOW_PX = { x: 6, y: 11 } as const;
const BAR_WIDTH_PX = 52;
const TAG_ABOVE_PX = 37;
const FONT = '"Oxanium Variable", Oxanium, system-ui, sans-serif';

export class DroneView {
  private readonly shadow: Phaser.GameObjects.Image;
  private readonly thruster: Phaser.GameObjects.Image;
  private readonly hull: Phaser.GameObjects.Image;
  private readonly barrel: Phaser.GameObjects.Image;
  private readonly rim: Phaser.GameObjects.Image;
  private readonly barBack: Phaser.GameObjects.Image;
  private readonly bar: Phaser.GameObjects.Image;
  private readonly ring: Phaser.GameObjects.Image | undefined;
  private readonly tag: Phaser.GameObjects.Text | undefined;
  private readonly parts: readonly (Phaser.GameObjects.Image | Phaser.GameObjects.Text)[];

  private heading = Number.NaN;
  private wanted = 0;
  private lastX = 0;
  private lastY = 0;
  private lastMs = 0;
  private flashedMs = Number.NEGATIVE_INFINITY;
  private recoiledMs = Number.NEGATIVE_INFINITY;
  private timeMs = 0;
  private shownHp = Number.NaN;
  private hidden = false;

  constructor(scene: Phaser.Scene, look: DroneLook) {
    const { team, self } = look;
    const tint = tintOf(teamHue(team));
    const add = Phaser.BlendModes.ADD;
    this.shadow = atlasImage(scene, "shadow", LAYER.shadow).setScale(ATLAS_UNIT * 0.92);
    this.thruster = atlasImage(scene, "glow", LAYER.thruster).setTint(tint).setBlendMode(add);
    this.hull = atlasImage(scene, hullFrame(team), self ? LAYER.selfHull : LAYER.hull);
    this.barrel = atlasImage(scene, barrelFrame(team), self ? LAYER.selfBarrel : LAYER.barrel);
    this.rim = atlasImage(scene, rimFrame(team), self ? LAYER.selfRim : LAYER.rim)
      .setTint(tint)
      .setBlendMode(add);
    this.barBack = atlasImage(scene, "bar", LAYER.tag).setTint(tintOf("#05051a")).setAlpha(0.75);
    this.bar = atlasImage(scene, "bar", LAYER.tag);
    this.ring = self ? atlasImage(scene, "self", LAYER.selfRim).setTint(tint).setBlendMode(add) : undefined;
    this.tag = self ? undefined : addTag(scene, look);
    const always = [this.shadow, this.thruster, this.hull, this.barrel, this.rim, this.barBack, this.bar];
    this.parts = [...always, ...(this.ring ? [this.ring] : []), ...(this.tag ? [this.tag] : [])];
  }

  /** Once a frame. `timeMs` is any clock that runs evenly; the same for all drones. */
  draw(pose: Pose, state: DroneState, timeMs: number): void {
    const deltaMs = Math.min(LONGEST_FRAME_MS, Math.max(0, timeMs - this.lastMs));
    this.timeMs = timeMs;
    this.turn(pose, state.moving, deltaMs);
    this.drawBody(pose, state.moving);
    this.drawBarrel(pose);
    this.drawLabels(pose, state);
    this.lastX = pose.x;
    this.lastY = pose.y;
    this.lastMs = timeMs;
  }

  /** It was hit: white for a moment. */
  flash(): void {
    this.flashedMs = this.timeMs;
  }

  /** It fired: the barrel kicks back. */
  recoil(): void {
    this.recoiledMs = this.timeMs;
  }

  hide(): void {
    this.setHidden(true);
  }

  show(): void {
    this.setHidden(false);
  }

  destroy(): void {
    for (const part of this.parts) part.destroy();
  }

  private setHidden(hidden: boolean): void {
    if (hidden === this.hidden) return;
    this.hidden = hidden;
    for (const part of this.parts) part.visible = !hidden;
    // Which parts of the health bar show is decided by the next draw; the heading starts anew where it returns.
    this.shownHp = Number.NaN;
    this.heading = Number.NaN;
  }

  private turn(pose: Pose, moving: number, deltaMs: number): void {
    if (Number.isNaN(this.heading)) {
      this.heading = pose.aim;
      this.wanted = pose.aim;
      return;
    }
    const dx = pose.x - this.lastX;
    const dy = pose.y - this.lastY;
    const stepPx = Math.hypot(dx, dy);
    if (moving > 0.08 && stepPx > 0.2 && stepPx < TELEPORT_PX) this.wanted = Math.atan2(dy, dx);
    const left = Phaser.Math.Angle.Wrap(this.wanted - this.heading);
    this.heading += left * (1 - Math.exp(-deltaMs / TURN_MS));
  }

  private drawBody({ x, y }: Pose, moving: number): void {
    const breath = Math.sin(this.timeMs * 0.004 + this.hull.depth);
    const lift = 1 + breath * 0.012 + moving * 0.02;
    this.shadow.setPosition(x + SHADOW_PX.x, y + SHADOW_PX.y + moving * 2);
    this.hull
      .setPosition(x, y)
      .setRotation(this.heading)
      .setScale(ATLAS_UNIT * lift);
    this.rim
      .setPosition(x, y)
      .setRotation(this.heading)
      .setScale(ATLAS_UNIT * lift);
    this.rim.alpha = 0.3 + breath * 0.08 + moving * 0.14;
    const behindPx = 12 + moving * 11;
    this.thruster.setPosition(x - Math.cos(this.heading) * behindPx, y - Math.sin(this.heading) * behindPx);
    this.thruster
      .setRotation(this.heading)
      .setScale(ATLAS_UNIT * (0.85 + moving * 0.75), ATLAS_UNIT * (0.85 + moving * 0.1));
    this.thruster.alpha = 0.34 + moving * 0.5 + breath * 0.06;
    this.ring
      ?.setPosition(x, y)
      .setRotation(this.timeMs * 0.0004)
      .setAlpha(0.5);
    const white = this.timeMs - this.flashedMs < FLASH_MS;
    const mode = white ? Phaser.TintModes.FILL : Phaser.TintModes.MULTIPLY;
    if (this.hull.tintMode !== mode) {
      this.hull.setTintMode(mode);
      this.barrel.setTintMode(mode);
    }
  }

  private drawBarrel({ x, y, aim }: Pose): void {
    const since = (this.timeMs - this.recoiledMs) / RECOIL_MS;
    const kickPx = since < 1 ? RECOIL_PX * (1 - since) ** 2 : 0;
    this.barrel.setPosition(x - Math.cos(aim) * kickPx, y - Math.sin(aim) * kickPx).setRotation(aim);
  }

  private drawLabels({ x, y }: Pose, { hp, hpMax }: DroneState): void {
    const hurt = hp < hpMax && hp > 0;
    const barY = y - TAG_ABOVE_PX;
    this.tag?.setPosition(x, hurt ? barY - 5 : barY + 2);
    this.bar.setPosition(x, barY);
    this.barBack.setPosition(x, barY);
    if (hp === this.shownHp) return;
    this.shownHp = hp;
    this.bar.visible = hurt && !this.hidden;
    this.barBack.visible = hurt && !this.hidden;
    const share = Phaser.Math.Clamp(hp / hpMax, 0, 1);
    this.bar.setCrop(0, 0, (1 + share * (BAR_WIDTH_PX - 2)) / ATLAS_UNIT, 8 / ATLAS_UNIT);
    this.bar.setTint(healthTint(share));
  }
}

function healthTint(share: number): number {
  if (share > 0.6) return tintOf(PALETTE.health);
  return tintOf(share > 0.3 ? "#f0e442" : PALETTE.danger);
}

function addTag(scene: Phaser.Scene, { name, team }: DroneLook): Phaser.GameObjects.Text {
  const style = {
    fontFamily: FONT,
    fontSize: "18px",
    fontStyle: "600",
    color: mix(teamHue(team), PALETTE.text, 0.6),
    stroke: "#07071acc",
    strokeThickness: 4,
    // Drawn as fine as it is shown: a finer one would lose strokes when it is shrunk.
    resolution: Math.max(0.5, Math.ceil(scene.cameras.main.zoom * 2) / 2),
  };
  return scene.add.text(0, 0, name, style).setOrigin(0.5, 1).setDepth(LAYER.tag).setAlpha(0.9);
}
