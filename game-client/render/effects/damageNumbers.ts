/** Marks hits at the target: four strokes around it and a number that rises; hits in quick succession add up. */
import Phaser from "phaser";
import { dangerHue, PALETTE, PICKUP_HUES, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { mix } from "#client/render/paint/colour.ts";
import { motion } from "#client/render/reducedMotion.ts";
import { settings } from "#client/settings/settings.ts";
import type { Place } from "#shared/sim/sight.ts";

/** A hit on the same target within this time of the last one adds to its number. */
const SUM_MS = 150;
const LIFE_MS = 900;
const MARK_MS = 260;
const KILL_MARK_MS = 600;
const RISE_PX = 34;
/** Above the name tag. */
const ABOVE_PX = 70;
/** More numbers than this at once could not be read: the oldest is used again. */
const POOL = 10;
const FONT = '"Oxanium Variable", Oxanium, system-ui, sans-serif';

/** Kinds differ in size and slant, not in colour alone. */
const KINDS = {
  hull: { px: 24, style: "700", hue: () => PALETTE.text },
  shield: { px: 22, style: "italic 600", hue: () => mix(PICKUP_HUES.shield, "#ffffff", 0.2) },
  kill: { px: 32, style: "800", hue: () => mix(dangerHue(), "#ffffff", 0.35) },
} as const;
type Kind = keyof typeof KINDS;

interface Entry {
  readonly text: Phaser.GameObjects.Text;
  readonly mark: Phaser.GameObjects.Image;
  victim: string;
  damage: number;
  kind: Kind;
  x: number;
  y: number;
  ageMs: number;
  /** The text must be drawn anew, once a frame at most: pellets of a volley arrive together. */
  isStale: boolean;
}

export class DamageNumbers {
  readonly #entries: Entry[];

  constructor(scene: Phaser.Scene) {
    this.#entries = Array.from({ length: POOL }, () => makeEntry(scene));
  }

  /** A hit by the player on `victim`, drawn at `place`. */
  add(victim: string, damage: number, isShield: boolean, place: Place): void {
    const entry = this.#running(victim) ?? this.#oldest();
    if (entry.ageMs >= SUM_MS || entry.victim !== victim) {
      entry.victim = victim;
      entry.damage = 0;
      entry.kind = "shield";
    }
    entry.damage += damage;
    if (!isShield && entry.kind === "shield") entry.kind = "hull";
    entry.x = place.x;
    entry.y = place.y;
    entry.ageMs = 0;
    entry.isStale = true;
  }

  /** The last hit on `victim` has destroyed it. */
  kill(victim: string): void {
    const entry = this.#running(victim);
    if (!entry) return;
    entry.kind = "kill";
    entry.isStale = true;
  }

  /** Call once a frame. */
  update(deltaMs: number): void {
    for (const entry of this.#entries) {
      if (entry.ageMs >= LIFE_MS) continue;
      if (entry.isStale) dress(entry);
      draw(entry);
      entry.ageMs += deltaMs;
      if (entry.ageMs < LIFE_MS) continue;
      entry.text.visible = false;
      entry.mark.visible = false;
    }
  }

  clear(): void {
    for (const entry of this.#entries) {
      entry.ageMs = LIFE_MS;
      entry.text.visible = false;
      entry.mark.visible = false;
    }
  }

  #running(victim: string): Entry | undefined {
    return this.#entries.find((entry) => entry.victim === victim && entry.ageMs < SUM_MS);
  }

  #oldest(): Entry {
    return this.#entries.reduce((oldest, entry) => (entry.ageMs > oldest.ageMs ? entry : oldest));
  }
}

function makeEntry(scene: Phaser.Scene): Entry {
  const style = {
    fontFamily: FONT,
    stroke: "#05051acc",
    strokeThickness: 5,
    resolution: Math.max(0.5, Math.ceil(scene.cameras.main.zoom * 2) / 2),
  };
  const text = scene.add.text(0, 0, "", style).setOrigin(0.5, 0.5).setDepth(LAYER.aim).setVisible(false);
  const mark = atlasImage(scene, "hitMark", LAYER.aim).setVisible(false);
  return { text, mark, victim: "", damage: 0, kind: "hull", x: 0, y: 0, ageMs: LIFE_MS, isStale: false };
}

function dress(entry: Entry): void {
  const { text, mark, damage, kind } = entry;
  const { px, style, hue } = KINDS[kind];
  entry.isStale = false;
  text.visible = damage > 0 && settings.damageNumbers.value;
  if (text.visible) {
    text.setFontStyle(style).setFontSize(px).setColor(hue());
    text.setText(String(damage));
  }
  mark.setTint(tintOf(hue())).setVisible(true);
}

function draw({ text, mark, x, y, ageMs, kind }: Entry): void {
  const share = ageMs / LIFE_MS;
  const risen = motion.reduced ? 0 : RISE_PX * (1 - (1 - share) ** 2);
  // A short swell shows that something was added.
  const swell = motion.reduced ? 0 : 0.35 * Math.max(0, 1 - ageMs / 120);
  text
    .setPosition(x, y - ABOVE_PX - risen)
    .setScale(1 + swell)
    .setAlpha(Math.min(1, 3 * (1 - share)));
  const markMs = kind === "kill" ? KILL_MARK_MS : MARK_MS;
  mark.setPosition(x, y).setAlpha(Phaser.Math.Clamp(1 - ageMs / markMs, 0, 1));
  mark.setScale(ATLAS_UNIT * (kind === "kill" ? 1.35 : 1) * (1 + swell));
}
