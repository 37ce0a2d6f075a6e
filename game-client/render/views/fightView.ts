/** Draws the fight: drones, shots, beams, field and events, from the values that a scene hands over each frame. */
import type Phaser from "phaser";
import { type BeamPath, Beams } from "#client/render/effects/beams.ts";
import { DamageNumbers } from "#client/render/effects/damageNumbers.ts";
import { createEffects, type Effects } from "#client/render/effects/effects.ts";
import type { Quality } from "#client/render/quality.ts";
import { motion } from "#client/render/reducedMotion.ts";
import type { OnCue, ShownDrone, ShownField, ShownShot } from "#client/render/shown.ts";
import type { PlacedEvent } from "#shared/sim/event.ts";
import { type HitscanName, MUZZLE_PX } from "#shared/tuning.ts";
import { Drones } from "./drones.ts";
import { Emotes } from "./emotes.ts";
import { FieldView } from "./fieldView.ts";
import { Shots } from "./shots.ts";

export class FightView {
  readonly #effects: Effects;
  readonly #drones: Drones;
  readonly #shots: Shots;
  readonly #beams: Beams;
  readonly #field: FieldView;
  readonly #damage: DamageNumbers;
  readonly #emotes: Emotes;

  constructor(scene: Phaser.Scene, quality: Quality, onCue: OnCue = () => {}) {
    this.#effects = createEffects(scene, quality);
    this.#drones = new Drones(scene, this.#effects, onCue);
    this.#shots = new Shots(scene, this.#drones, this.#effects, onCue);
    this.#beams = new Beams(scene);
    this.#field = new FieldView(scene, this.#effects);
    this.#damage = new DamageNumbers(scene);
    this.#emotes = new Emotes(scene, this.#drones);
  }

  /**
   * Call once a frame. `timeMs` is the frame's time stamp, `deltaMs` the time since the last, both on the fight's clock,
   * of which `rate` ms pass in one.
   */
  draw(
    drones: Iterable<ShownDrone>,
    shots: Iterable<ShownShot>,
    field: ShownField,
    timeMs: number,
    deltaMs: number,
    rate = 1,
  ): void {
    this.#effects.pass(rate);
    this.#drones.draw(drones, timeMs, deltaMs);
    this.#shots.draw(shots, timeMs);
    this.#beams.update(deltaMs);
    this.#field.draw(field, timeMs);
    this.#damage.update(deltaMs);
    this.#emotes.draw(timeMs);
  }

  /** Shows another moment of the fight from the next frame on: nothing of what is drawn now lasts or moves there. */
  clear(): void {
    for (const part of [this.#effects, this.#drones, this.#shots, this.#beams, this.#field, this.#damage])
      part.clear();
    this.#emotes.clear();
  }

  /** Marks a hit by the player whose view this is, where its victim was last drawn. */
  markHit({ victim, damage, x, y }: Extract<PlacedEvent, { type: "hit" }>): void {
    const shown = this.#drones.get(victim)?.shown;
    this.#damage.add(victim, damage, (shown?.shield ?? 0) >= damage && damage > 0, shown ?? { x, y });
  }

  markKill(victim: string): void {
    this.#damage.kill(victim);
  }

  /** The pattern that a drone is drawn with, and the atlas frame of the emote over it, empty without one. */
  drawn(id: string): { pattern: string; emote: string } {
    const emote = this.#emotes.frameOf(id);
    return { pattern: this.#drones.get(id)?.view.worn.pattern ?? "plain", emote };
  }

  /** Applies a newly chosen palette to views that keep a tint. */
  applyHues(): void {
    this.#drones.applyHues();
    this.#field.applyHues();
  }

  /** Shows the effects of an event. */
  show(event: PlacedEvent): void {
    switch (event.type) {
      case "hit":
        this.#showHit(event);
        break;
      case "explode":
        this.#showExplosion(event);
        break;
      case "beam":
        this.showBeam(event.shooter, event.weapon, event);
        break;
      case "burst":
        this.#shots.burst(event.shooter, event.weapon, event.x, event.y);
        break;
      case "spawn":
        this.#effects.spawn(event.x, event.y, this.#drones.teamOf(event.drone));
        break;
      case "pickup":
        this.#effects.pickupTaken(event.kind, event.x, event.y);
        break;
      case "emote":
        this.#emotes.show(event.drone, event.emote);
        break;
      case "ping":
        this.#emotes.ping(event.ping, event, this.#drones.teamOf(event.drone));
        break;
      case "hill":
        this.#effects.hillRises(event.x, event.y);
    }
  }

  /** Also shows the own beam when it is predicted, before the server confirms it. */
  showBeam(shooter: string, weapon: HitscanName, { x, y, toX, toY }: BeamPath): void {
    const team = this.#drones.teamOf(shooter);
    const aim = Math.atan2(toY - y, toX - x);
    const fromX = x + Math.cos(aim) * MUZZLE_PX;
    const fromY = y + Math.sin(aim) * MUZZLE_PX;
    this.#beams.fire({ x, y, toX, toY }, team);
    this.#drones.get(shooter)?.view.recoil();
    this.#effects.muzzle(weapon, fromX, fromY, aim, team);
    this.#effects.railWake(fromX, fromY, aim, Math.hypot(toX - fromX, toY - fromY), team);
    this.#effects.wallImpact(toX, toY, aim, team);
  }

  #showHit({ victim, shooter, x, y }: Extract<PlacedEvent, { type: "hit" }>): void {
    this.#drones.get(victim)?.view.flash();
    const from = this.#drones.get(shooter)?.shown;
    const aim = from ? Math.atan2(y - from.y, x - from.x) : 0;
    this.#effects.hit(x, y, aim, this.#drones.teamOf(shooter));
  }

  /** Explodes where the drone was last drawn: remote drones are drawn in the past, off the event's position. */
  #showExplosion(event: Extract<PlacedEvent, { type: "explode" }>): void {
    const record = this.#drones.get(event.drone);
    const { x, y } = record?.shown ?? event;
    const team = this.#drones.teamOf(event.drone);
    this.#effects.explode(x, y, team);
    const death = record?.view.worn.death ?? "plain";
    if (death !== "plain" && !motion.reduced) this.#effects.wornDeath(death, x, y, team);
  }
}
