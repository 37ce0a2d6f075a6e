/** Draws emotes as bubbles over their drones, and pings at their places; both go after a while. */
import Phaser from "phaser";
import { teamHue } from "#client/palette.ts";
import { whiten } from "#client/render/effects/effectKit.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { emoteFrame, pingFrame } from "#client/render/paint/atlasFrames.ts";
import { motion } from "#client/render/reducedMotion.ts";
import { type EmoteName, PING_NAMES, type PingName } from "#shared/schema/names.ts";
import type { Place } from "#shared/sim/sight.ts";
import type { Drones } from "./drones.ts";
import { Pool } from "./pool.ts";
import { TAG_PX, tagSize } from "./tagSize.ts";

const EMOTE_MS = 2200;
export const PING_MS = 3000;
const POP_MS = 160;
/** Above the health bar; the name is as high as it is large. */
const ABOVE_PX = 36;
const PULSE_MS = 900;

class Mark {
  readonly image: Phaser.GameObjects.Image;
  sinceMs = 0;

  constructor(scene: Phaser.Scene, frame: string) {
    this.image = atlasImage(scene, frame, LAYER.tag);
  }

  park(): void {
    this.image.visible = false;
  }
}

/** A ping is a mark and a ring that spreads. */
class Ping extends Mark {
  readonly ring: Phaser.GameObjects.Image;

  constructor(scene: Phaser.Scene) {
    super(scene, pingFrame(PING_NAMES[0]));
    this.ring = atlasImage(scene, "ring", LAYER.spark).setBlendMode(Phaser.BlendModes.ADD);
  }

  override park(): void {
    super.park();
    this.ring.visible = false;
  }
}

export class Emotes {
  readonly #drones: Drones;
  readonly #bubbles: Pool<Mark>;
  readonly #pings: Pool<Ping>;
  /** One emote a drone: a newer one replaces it. */
  readonly #shown = new Map<string, Mark>();
  readonly #pinged: Ping[] = [];
  #timeMs = 0;

  constructor(scene: Phaser.Scene, drones: Drones) {
    this.#drones = drones;
    this.#bubbles = new Pool(() => new Mark(scene, emoteFrame("wave")), 2);
    this.#pings = new Pool(() => new Ping(scene), 1);
  }

  show(drone: string, emote: EmoteName): void {
    const bubble = this.#shown.get(drone) ?? this.#bubbles.take();
    bubble.sinceMs = this.#timeMs;
    bubble.image.setFrame(emoteFrame(emote));
    this.#shown.set(drone, bubble);
  }

  ping(ping: PingName, { x, y }: Place, team: number): void {
    const shown = this.#pings.take();
    const tint = whiten(teamHue(team), 0.3);
    shown.sinceMs = this.#timeMs;
    shown.image.setFrame(pingFrame(ping)).setPosition(x, y).setTint(tint).setVisible(true);
    shown.ring.setPosition(x, y).setTint(tint).setVisible(true);
    this.#pinged.push(shown);
  }

  /** The frame in the drone's bubble; empty without one. */
  frameOf(drone: string): string {
    return this.#shown.get(drone)?.image.frame.name ?? "";
  }

  clear(): void {
    for (const bubble of this.#shown.values()) this.#bubbles.giveBack(bubble);
    for (const ping of this.#pinged.splice(0)) this.#pings.giveBack(ping);
    this.#shown.clear();
  }

  /** Call once a frame, after the drones. */
  draw(timeMs: number): void {
    this.#timeMs = timeMs;
    if (this.#shown.size > 0) for (const [id, bubble] of this.#shown) this.#drawBubble(id, bubble);
    for (let at = this.#pinged.length - 1; at >= 0; at--) this.#drawPing(at);
  }

  #drawBubble(id: string, bubble: Mark): void {
    const drone = this.#drones.get(id)?.shown;
    const ageMs = this.#timeMs - bubble.sinceMs;
    if (!drone || drone.hp === 0 || ageMs > EMOTE_MS) {
      this.#shown.delete(id);
      this.#bubbles.giveBack(bubble);
      return;
    }
    const pop = motion.reduced ? 1 : 1 - (1 - Math.min(1, ageMs / POP_MS)) ** 3;
    const namePx = drone.self || drone.name === "" ? 0 : tagSize.worldPx;
    const size = (tagSize.worldPx / TAG_PX) * (0.5 + 0.5 * pop);
    bubble.image
      .setPosition(drone.x, drone.y - ABOVE_PX - namePx)
      .setScale(ATLAS_UNIT * size)
      .setAlpha(Math.min(1, (EMOTE_MS - ageMs) / 200))
      .setVisible(true);
  }

  #drawPing(at: number): void {
    const ping = this.#pinged[at] as Ping;
    const ageMs = this.#timeMs - ping.sinceMs;
    if (ageMs > PING_MS) {
      this.#pinged.splice(at, 1);
      this.#pings.giveBack(ping);
      return;
    }
    const size = (ATLAS_UNIT * tagSize.worldPx) / TAG_PX;
    const pulse = motion.reduced ? 0.5 : (ageMs % PULSE_MS) / PULSE_MS;
    ping.image.setScale(size).setAlpha(Math.min(1, (PING_MS - ageMs) / 300));
    ping.ring.setScale(size * (0.4 + 0.7 * pulse)).setAlpha(0.8 * (1 - pulse));
  }
}
