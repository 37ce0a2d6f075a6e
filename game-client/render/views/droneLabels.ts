/** Labels above a drone: the name with a friend or foe mark, and a health bar once the drone is damaged. */
import Phaser from "phaser";
import { dangerHue, healthHue, PALETTE, teamHue, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { WORN_EMBLEM_PX, wornEmblemFrame } from "#client/render/paint/atlasFrames.ts";
import { mix } from "#client/render/paint/colour.ts";
import type { ShownDrone } from "#client/render/shown.ts";
import type { Look as Worn } from "#shared/career/looks.ts";
import { DRONE } from "#shared/tuning.ts";
import { TAG_PX, tagSize, tagSizeIn } from "./tagSize.ts";

export type Look = Pick<ShownDrone, "team" | "name" | "self" | "side" | "look">;

const BAR_WIDTH_PX = 52;
const TAG_ABOVE_PX = 37;
/** Room for a carried flag between drone and name. */
const FLAG_ABOVE_PX = 16;
const MARK_GAP_PX = 11;
/** Room for the emblem beside a name of TAG_PX. */
const EMBLEM_ROOM_PX = WORN_EMBLEM_PX;
/** Sixteen W fit; a name of wider letters, such as cuneiform, shrinks instead of covering the fight. */
const TAG_MAX_PX = 260;
const STROKE = "#07071acc";
const FONT = '"Oxanium Variable", Oxanium, system-ui, sans-serif';

export class DroneLabels {
  readonly #barBack: Phaser.GameObjects.Image;
  readonly #bar: Phaser.GameObjects.Image;
  readonly #tag: Phaser.GameObjects.Text | undefined;
  readonly #mark: Phaser.GameObjects.Image | undefined;
  /** The worn emblem, behind the name. */
  readonly #emblem: Phaser.GameObjects.Image | undefined;
  #shownHp = Number.NaN;
  /** The version of tagSize by which the name was drawn. */
  #tagVersion = -1;

  constructor(scene: Phaser.Scene, look: Look, emblem: Worn["emblem"]) {
    this.#barBack = atlasImage(scene, "bar", LAYER.tag).setTint(tintOf("#05051a")).setAlpha(0.75);
    this.#bar = atlasImage(scene, "bar", LAYER.tag);
    this.#tag = look.self || look.name === "" ? undefined : addTag(scene, look);
    if (this.#tag && look.side !== "none") {
      this.#mark = atlasImage(scene, look.side, LAYER.tag).setTint(tintOf(tagColour(look)));
    }
    if (this.#tag && emblem !== "plain") {
      this.#emblem = atlasImage(scene, wornEmblemFrame(emblem), LAYER.tag).setTint(tintOf(tagColour(look)));
    }
  }

  /** Call once a frame. */
  draw({ x, y, hp, carrying }: ShownDrone): void {
    if (this.#tag && this.#tagVersion !== tagSize.version) this.#fitTag(this.#tag);
    const isHurt = hp < DRONE.hp && hp > 0;
    const barY = y - TAG_ABOVE_PX - (carrying === undefined ? 0 : FLAG_ABOVE_PX);
    const tagY = isHurt ? barY - 5 : barY + 2;
    const emblemPx = this.#emblem ? (EMBLEM_ROOM_PX * tagSize.worldPx) / TAG_PX : 0;
    const shiftPx = (this.#mark ? MARK_GAP_PX : 0) - emblemPx / 2;
    this.#tag?.setPosition(x + shiftPx, tagY);
    const markY = tagY - (12 * tagSize.worldPx) / TAG_PX;
    this.#mark?.setPosition(x + shiftPx - (this.#tag?.displayWidth ?? 0) / 2 - MARK_GAP_PX, markY);
    this.#emblem?.setPosition(x + shiftPx + ((this.#tag?.displayWidth ?? 0) + emblemPx) / 2, markY);
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
    this.#emblem?.setVisible(!isHidden);
    if (isHidden) {
      this.#bar.visible = false;
      this.#barBack.visible = false;
    }
    // Forces the next draw to decide which parts of the health bar show.
    this.#shownHp = Number.NaN;
  }

  /** The text is drawn anew at the size at which it is shown: a finer texture would lose strokes when scaled down. */
  #fitTag(tag: Phaser.GameObjects.Text): void {
    const { worldPx, version } = tagSizeIn(tag.scene);
    this.#tagVersion = version;
    tag.setScale(1).setResolution(Math.max(0.5, Math.ceil(tag.scene.cameras.main.zoom * 2) / 2));
    tag.setFontSize(worldPx).setStroke(STROKE, (4 * worldPx) / TAG_PX);
    tag.setScale(Math.min(1, (TAG_MAX_PX * worldPx) / TAG_PX / tag.width));
    this.#emblem?.setScale((ATLAS_UNIT * worldPx) / TAG_PX);
  }

  destroy(): void {
    for (const part of [this.#barBack, this.#bar, this.#tag, this.#mark, this.#emblem]) part?.destroy();
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
    fontSize: `${TAG_PX}px`,
    fontStyle: look.side === "foe" ? "italic 600" : "600",
    color: tagColour(look),
    stroke: STROKE,
    strokeThickness: 4,
  };
  return scene.add.text(0, 0, look.name, style).setOrigin(0.5, 1).setDepth(LAYER.tag).setAlpha(0.9);
}
