/** Over a drone: its name with a mark of friend or foe before it, and its health once it is hurt. */
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
/** A flag on its back needs room beneath the name. */
const FLAG_ABOVE_PX = 16;
const MARK_GAP_PX = 11;
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

  /** Once a frame. */
  draw({ x, y, hp, carrying }: ShownDrone): void {
    const hurt = hp < DRONE.hp && hp > 0;
    const barY = y - TAG_ABOVE_PX - (carrying === undefined ? 0 : FLAG_ABOVE_PX);
    const tagY = hurt ? barY - 5 : barY + 2;
    const shiftPx = this.#mark ? MARK_GAP_PX : 0;
    this.#tag?.setPosition(x + shiftPx, tagY);
    this.#mark?.setPosition(x + shiftPx - (this.#tag?.width ?? 0) / 2 - MARK_GAP_PX, tagY - 12);
    this.#bar.setPosition(x, barY);
    this.#barBack.setPosition(x, barY);
    if (hp === this.#shownHp) return;
    this.#shownHp = hp;
    this.#bar.visible = hurt;
    this.#barBack.visible = hurt;
    const share = Phaser.Math.Clamp(hp / DRONE.hp, 0, 1);
    this.#bar.setCrop(0, 0, (1 + share * (BAR_WIDTH_PX - 2)) / ATLAS_UNIT, 8 / ATLAS_UNIT);
    this.#bar.setTint(healthTint(share));
  }

  setHidden(hidden: boolean): void {
    this.#tag?.setVisible(!hidden);
    this.#mark?.setVisible(!hidden);
    if (hidden) {
      this.#bar.visible = false;
      this.#barBack.visible = false;
    }
    // Which parts of the health bar show is decided by the next draw.
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

/** Friends' names are near white, and enemies' lean to their hue. */
const tagColour = ({ team, side }: Look) => mix(teamHue(team), PALETTE.text, side === "foe" ? 0.25 : 0.6);

function addTag(scene: Phaser.Scene, look: Look): Phaser.GameObjects.Text {
  const style = {
    fontFamily: FONT,
    fontSize: "18px",
    fontStyle: look.side === "foe" ? "italic 600" : "600",
    color: tagColour(look),
    stroke: "#07071acc",
    strokeThickness: 4,
    // Drawn as fine as it is shown: a finer one would lose strokes when it is shrunk.
    resolution: Math.max(0.5, Math.ceil(scene.cameras.main.zoom * 2) / 2),
  };
  return scene.add.text(0, 0, look.name, style).setOrigin(0.5, 1).setDepth(LAYER.tag).setAlpha(0.9);
}
