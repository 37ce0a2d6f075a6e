/** Labels above a drone: the name with a friend or foe mark, and a health bar once the drone is damaged. */
import Phaser from "phaser";
import { dangerHue, healthHue, PALETTE, teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { mix } from "#client/render/paint/colour.ts";
import type { ShownDrone } from "#client/render/shown.ts";
import { DRONE } from "#shared/tuning.ts";

export type Look = Pick<ShownDrone, "team" | "name" | "self" | "side">;

const BAR_WIDTH_PX = 52;
const TAG_ABOVE_PX = 37;
/** Room for a carried flag between drone and name. */
const FLAG_ABOVE_PX = 16;
const MARK_GAP_PX = 11;
/** Sixteen W fit; a name of wider letters, such as cuneiform, shrinks instead of covering the fight. */
const TAG_MAX_PX = 260;
const FONT = '"Oxanium Variable", Oxanium, system-ui, sans-serif';

export class DroneLabels {
  readonly #barBack: Phaser.GameObjects.Image;
  readonly #bar: Phaser.GameObjects.Image;
  readonly #tag: Phaser.GameObjects.Text | undefined;
  readonly #mark: Phaser.GameObjects.Image | undefined;
  #shownHp = Number.NaN;

  constructor(scene: Phaser.Scene, look: Look) {
    this.#barBack = atlasImage(scene, "bar", LAYER.tag).setTint(tintOf("#05051a")).setAlpha(0.75);
    this.#bar = atlasImage(scene, "bar", LAYER.tag);
    this.#tag = look.self || look.name === "" ? undefined : addTag(scene, look);
    if (this.#tag && look.side !== "none") {
      this.#mark = atlasImage(scene, look.side, LAYER.tag).setTint(tintOf(tagColour(look)));
    }
  }

  /** Call once a frame. */
  draw({ x, y, hp, carrying }: ShownDrone): void {
    const isHurt = hp < DRONE.hp && hp > 0;
    const barY = y - TAG_ABOVE_PX - (carrying === undefined ? 0 : FLAG_ABOVE_PX);
    const tagY = isHurt ? barY - 5 : barY + 2;
    const shiftPx = this.#mark ? MARK_GAP_PX : 0;
    this.#tag?.setPosition(x + shiftPx, tagY);
    this.#mark?.setPosition(x + shiftPx - (this.#tag?.displayWidth ?? 0) / 2 - MARK_GAP_PX, tagY - 12);
    this.#bar.setPosition(x, barY);
    this.#barBack.setPosition(x, barY);
    if (hp === this.#shownHp) return;
    this.#shownHp = hp;
    this.#bar.visible = isHurt;
    this.#barBack.visible = isHurt;
    const share = Phaser.Math.Clamp(hp / DRONE.hp, 0, 1);
    this.#bar.setCrop(0, 0, (1 + share * (BAR_WIDTH_PX - 2)) / ATLAS_UNIT, 8 / ATLAS_UNIT);
    this.#bar.setTint(healthTint(share));
  }

  setHidden(isHidden: boolean): void {
    this.#tag?.setVisible(!isHidden);
    this.#mark?.setVisible(!isHidden);
    if (isHidden) {
      this.#bar.visible = false;
      this.#barBack.visible = false;
    }
    // Forces the next draw to decide which parts of the health bar show.
    this.#shownHp = Number.NaN;
  }

  destroy(): void {
    for (const part of [this.#barBack, this.#bar, this.#tag, this.#mark]) part?.destroy();
  }
}

function healthTint(share: number): number {
  if (share > 0.6) return tintOf(healthHue());
  return tintOf(share > 0.3 ? "#f0e442" : dangerHue());
}

/** Names of friends are near white; names of enemies are closer to their team's hue. */
const tagColour = ({ team, side }: Look) => mix(teamHue(team), PALETTE.text, side === "foe" ? 0.25 : 0.6);

function addTag(scene: Phaser.Scene, look: Look): Phaser.GameObjects.Text {
  const style = {
    fontFamily: FONT,
    fontSize: "18px",
    fontStyle: look.side === "foe" ? "italic 600" : "600",
    color: tagColour(look),
    stroke: "#07071acc",
    strokeThickness: 4,
    // Rendered at the size at which it is shown: a finer texture would lose strokes when scaled down.
    resolution: Math.max(0.5, Math.ceil(scene.cameras.main.zoom * 2) / 2),
  };
  const tag = scene.add.text(0, 0, look.name, style).setOrigin(0.5, 1).setDepth(LAYER.tag).setAlpha(0.9);
  return tag.setScale(Math.min(1, TAG_MAX_PX / tag.width));
}
