/** A fight on the screen: every drone, shot and event, from what the scene reads out each frame. */
import type Phaser from "phaser";
import type { PlacedEvent } from "#shared/sim/event.ts";
import { DRONE, MUZZLE_PX, type ProjectileName } from "#shared/tuning.ts";
import { type BeamPath, Beams } from "./beams.ts";
import { DroneView } from "./droneView.ts";
import { createEffects, type Effects } from "./effects.ts";
import type { Quality } from "./quality.ts";
import { ShotPool, type ShotView } from "./shotView.ts";

export interface ShownDrone {
  readonly id: string;
  readonly team: number;
  /** Empty shows no name tag. */
  readonly name: string;
  readonly self: boolean;
  readonly x: number;
  readonly y: number;
  readonly aim: number;
  /** 0 is destroyed, and not drawn. */
  readonly hp: number;
}

export interface ShownShot {
  readonly id: number | string;
  readonly owner: string;
  readonly x: number;
  readonly y: number;
  readonly aim: number;
  readonly ageMs: number;
  readonly weapon: ProjectileName;
  /** How much of its way is behind it, 0 to 1. */
  readonly share: number;
  /** At a wall or the end of its range. */
  readonly ended: boolean;
}

/** What views notice by themselves, for the ears. */
export type Cue = "shot" | "wall";

interface DroneRecord {
  readonly view: DroneView;
  readonly team: number;
  shown: ShownDrone;
  /** Share of the top speed, smoothed over a few frames. */
  moving: number;
  seen: boolean;
}

interface ShotRecord {
  readonly view: ShotView;
  ended: boolean;
  seen: boolean;
}

const SMOOTH_MOTION_MS = 80;

export class FightView {
  readonly #scene: Phaser.Scene;
  readonly #effects: Effects;
  readonly #pool: ShotPool;
  readonly #beams: Beams;
  readonly #onCue: (cue: Cue, owner: string, x: number, y: number) => void;
  readonly #drones = new Map<string, DroneRecord>();
  readonly #shots = new Map<number | string, ShotRecord>();

  constructor(
    scene: Phaser.Scene,
    quality: Quality,
    onCue: (cue: Cue, owner: string, x: number, y: number) => void = () => {},
  ) {
    this.#scene = scene;
    this.#effects = createEffects(scene, quality);
    this.#pool = new ShotPool(scene);
    this.#beams = new Beams(scene);
    this.#onCue = onCue;
  }

  /** Once a frame. `timeMs` is the frame's time stamp, `deltaMs` the time since the last. */
  draw(drones: Iterable<ShownDrone>, shots: Iterable<ShownShot>, timeMs: number, deltaMs: number): void {
    for (const drone of drones) this.#drawDrone(drone, timeMs, deltaMs);
    for (const shot of shots) this.#drawShot(shot);
    this.#beams.update(deltaMs);
    dropUnseen(this.#drones, ({ view }) => view.destroy());
    dropUnseen(this.#shots, ({ view }) => view.destroy());
  }

  /** Flashes, sparks and smoke of something that happened. */
  show(event: PlacedEvent): void {
    if (event.type === "hit") this.#showHit(event);
    else if (event.type === "explode") this.#showExplosion(event);
    else if (event.type === "beam") this.showBeam(event.shooter, event);
    else if (event.type === "spawn") this.#effects.spawn(event.x, event.y, this.#teamOf(event.drone));
  }

  /** Also called for the own beam, before the server knows of it. */
  showBeam(shooter: string, path: BeamPath): void {
    const team = this.#teamOf(shooter);
    this.#beams.fire(path, team);
    this.#drones.get(shooter)?.view.recoil();
    this.#effects.wallImpact(path.toX, path.toY, Math.atan2(path.toY - path.y, path.toX - path.x), team);
  }

  #showHit({ victim, shooter, x, y }: Extract<PlacedEvent, { type: "hit" }>): void {
    this.#drones.get(victim)?.view.flash();
    const from = this.#drones.get(shooter)?.shown;
    const aim = from ? Math.atan2(y - from.y, x - from.x) : 0;
    this.#effects.hit(x, y, aim, this.#teamOf(shooter));
  }

  /** Where it was last drawn, not where the server had it: remote drones are shown a moment in the past. */
  #showExplosion(event: Extract<PlacedEvent, { type: "explode" }>): void {
    const { x, y } = this.#drones.get(event.drone)?.shown ?? event;
    this.#effects.explode(x, y, this.#teamOf(event.drone));
  }

  #drawDrone(drone: ShownDrone, timeMs: number, deltaMs: number): void {
    const record = this.#drones.get(drone.id) ?? this.#addDrone(drone);
    record.seen = true;
    if (deltaMs > 0) {
      const gonePx = Math.hypot(drone.x - record.shown.x, drone.y - record.shown.y);
      const moving = Math.min(1, (gonePx * 1000) / deltaMs / DRONE.maxSpeedPxPerSec);
      record.moving += (moving - record.moving) * Math.min(1, deltaMs / SMOOTH_MOTION_MS);
    }
    record.shown = drone;
    if (drone.hp === 0) {
      record.view.hide();
      return;
    }
    record.view.show();
    record.view.draw(drone, { hp: drone.hp, hpMax: DRONE.hp, moving: record.moving }, timeMs);
  }

  #addDrone(drone: ShownDrone): DroneRecord {
    const record = {
      view: new DroneView(this.#scene, drone),
      team: drone.team,
      shown: drone,
      moving: 0,
      seen: true,
    };
    this.#drones.set(drone.id, record);
    return record;
  }

  #drawShot(shot: ShownShot): void {
    const record = this.#shots.get(shot.id) ?? this.#addShot(shot);
    record.seen = true;
    if (record.ended) return;
    record.view.draw(shot, shot.ageMs);
    if (!shot.ended) return;
    record.ended = true;
    record.view.park();
    this.#effects.wallImpact(shot.x, shot.y, shot.aim, this.#teamOf(shot.owner));
    this.#onCue("wall", shot.owner, shot.x, shot.y);
  }

  /** A shot is seen for the first time: its barrel flashes and kicks. */
  #addShot(shot: ShownShot): ShotRecord {
    const record = { view: this.#pool.take(this.#teamOf(shot.owner)), ended: false, seen: true };
    this.#shots.set(shot.id, record);
    const shooter = this.#drones.get(shot.owner);
    if (shooter) {
      const { x, y } = shooter.shown;
      const muzzleX = x + Math.cos(shot.aim) * MUZZLE_PX;
      const muzzleY = y + Math.sin(shot.aim) * MUZZLE_PX;
      shooter.view.recoil();
      this.#effects.muzzle(muzzleX, muzzleY, shot.aim, shooter.team);
    }
    this.#onCue("shot", shot.owner, shot.x, shot.y);
    return record;
  }

  #teamOf(owner: string): number {
    return this.#drones.get(owner)?.team ?? 0;
  }
}

/** Views of what the scene no longer read out go; the others wait for the next frame. */
function dropUnseen<Key, Row extends { seen: boolean }>(rows: Map<Key, Row>, drop: (row: Row) => void): void {
  for (const [key, row] of rows) {
    if (!row.seen) {
      drop(row);
      rows.delete(key);
    }
    row.seen = false;
  }
}
