/** Keeps a view for each drone on screen, and shows the effects of changes between frames: shield hits, dashes, trails. */
import type Phaser from "phaser";
import type { Effects } from "#client/render/effects/effects.ts";
import { motion } from "#client/render/reducedMotion.ts";
import type { OnCue, ShownDrone } from "#client/render/shown.ts";
import { STATUS } from "#shared/schema/state.ts";
import { DRONE } from "#shared/tuning.ts";
import { DroneView } from "./droneView.ts";
import { dropUnseen } from "./dropUnseen.ts";
import { Ghosts } from "./ghosts.ts";

export interface DroneRecord {
  view: DroneView;
  shown: ShownDrone;
  /** Share of the top speed, 0 to 1, smoothed over a few frames. */
  moving: number;
  /** When the drone may next leave an afterimage, streak or spark. */
  nextTrailMs: number;
  /** The same of the trail that it wears. */
  nextWornMs: number;
  seen: boolean;
}

const SMOOTH_MOTION_MS = 80;
/** Interval between trail particles of each kind. */
const TRAIL_MS = { dash: 26, haste: 42, overcharge: 70 } as const;
const STREAKS_ABOVE = 0.25;
/** A late frame makes up for at most this many steps of a worn trail, between two places this near to each other. */
const WORN_STEPS_MAX = 4;
const WORN_GAP_PX = 120;

export class Drones {
  readonly #scene: Phaser.Scene;
  readonly #effects: Effects;
  readonly #onCue: OnCue;
  readonly #ghosts: Ghosts;
  readonly #records = new Map<string, DroneRecord>();
  /** The player's own drone; undefined for spectators and on the title screen. */
  self: ShownDrone | undefined;

  constructor(scene: Phaser.Scene, effects: Effects, onCue: OnCue) {
    this.#scene = scene;
    this.#effects = effects;
    this.#onCue = onCue;
    this.#ghosts = new Ghosts(scene);
  }

  get(id: string): DroneRecord | undefined {
    return this.#records.get(id);
  }

  teamOf(id: string): number {
    return this.#records.get(id)?.shown.team ?? 0;
  }

  draw(drones: Iterable<ShownDrone>, timeMs: number, deltaMs: number): void {
    this.self = undefined;
    this.#ghosts.update(deltaMs);
    for (const drone of drones) this.#draw(drone, timeMs, deltaMs);
    dropUnseen(this.#records, ({ view }) => view.destroy());
  }

  /** The next drones are shown where they are: nothing has happened to them since the last frame. */
  clear(): void {
    this.#ghosts.clear();
    for (const { view } of this.#records.values()) view.destroy();
    this.#records.clear();
  }

  applyHues(): void {
    for (const record of this.#records.values()) this.#rebuild(record);
  }

  #rebuild(record: DroneRecord): void {
    record.view.destroy();
    record.view = new DroneView(this.#scene, record.shown);
  }

  #draw(drone: ShownDrone, timeMs: number, deltaMs: number): void {
    const record = this.#records.get(drone.id) ?? this.#add(drone);
    const before = record.shown;
    record.seen = true;
    record.shown = drone;
    if (drone.self) this.self = drone;
    if (isRelabelled(before, drone)) this.#rebuild(record);
    if (deltaMs > 0) {
      const gonePx = Math.hypot(drone.x - before.x, drone.y - before.y);
      const moving = Math.min(1, (gonePx * 1000) / deltaMs / DRONE.maxSpeedPxPerSec);
      record.moving += (moving - record.moving) * Math.min(1, deltaMs / SMOOTH_MOTION_MS);
    }
    if (drone.hp === 0) {
      record.view.hide();
      return;
    }
    record.view.show();
    record.view.draw(drone, record.moving, timeMs);
    if (before.hp > 0) this.#showChange(record, before, drone);
    this.#leaveTrail(record, drone, timeMs);
    this.#leaveWornTrail(record, before, timeMs);
  }

  #showChange(
    { view }: DroneRecord,
    before: ShownDrone,
    { id, x, y, shield, status, team }: ShownDrone,
  ): void {
    if (shield < before.shield) {
      const isBroken = shield === 0;
      if (isBroken) this.#effects.shieldBreak(x, y);
      else this.#effects.shieldHit(x, y);
      view.shieldHit();
      this.#onCue({ kind: isBroken ? "shieldBreak" : "shieldHit", drone: id, x, y });
    }
    if (status & ~before.status & STATUS.dash) {
      this.#effects.dash(x, y, headingOf(before, { x, y }, view.facing), team);
      this.#onCue({ kind: "dash", drone: id, x, y });
    }
  }

  #leaveTrail(record: DroneRecord, { x, y, status, team }: ShownDrone, timeMs: number): void {
    const { view, moving } = record;
    const kind = trailOf(status, moving);
    if (!kind || timeMs < record.nextTrailMs) return;
    record.nextTrailMs = timeMs + TRAIL_MS[kind];
    if (kind === "overcharge") this.#effects.heatSpark(x, y);
    else if (motion.reduced) return;
    else if (kind === "dash") this.#ghosts.leave(x, y, view.facing, team);
    else {
      this.#effects.hasteStreak(x, y, view.facing);
      if (status & STATUS.overcharge) this.#effects.heatSpark(x, y);
    }
  }

  /** A worn trail is decoration: the game's own trails, which tell something, take its place. */
  #leaveWornTrail(record: DroneRecord, before: ShownDrone, timeMs: number): void {
    const { view, moving, shown } = record;
    const { trail } = view.worn;
    if (trail === "plain" || timeMs < record.nextWornMs || moving < STREAKS_ABOVE) return;
    if (motion.reduced || trailOf(shown.status, moving)) return;
    const everyMs = this.#effects.wornTrailMs(trail);
    const isNear = Math.hypot(shown.x - before.x, shown.y - before.y) < WORN_GAP_PX;
    const due = Math.floor((timeMs - record.nextWornMs) / everyMs) + 1;
    const steps = isNear ? Math.min(WORN_STEPS_MAX, due) : 1;
    for (let step = 1; step <= steps; step++) {
      const share = step / steps;
      const x = before.x + (shown.x - before.x) * share;
      const y = before.y + (shown.y - before.y) * share;
      this.#effects.wornTrail(trail, x, y, view.facing, shown.team);
    }
    record.nextWornMs = Math.max(record.nextWornMs + steps * everyMs, timeMs);
  }

  #add(drone: ShownDrone): DroneRecord {
    const view = new DroneView(this.#scene, drone);
    const record = { view, shown: drone, moving: 0, nextTrailMs: 0, nextWornMs: 0, seen: true };
    this.#records.set(drone.id, record);
    return record;
  }
}

/** Whether team, side, name or look changed, as between matches. That is rare, so the view is rebuilt instead of updated. */
const isRelabelled = (before: ShownDrone, now: ShownDrone) =>
  before.team !== now.team ||
  before.side !== now.side ||
  before.name !== now.name ||
  before.look !== now.look ||
  before.self !== now.self;

function trailOf(status: number, moving: number): keyof typeof TRAIL_MS | undefined {
  if (status & STATUS.dash) return "dash";
  if (status & STATUS.haste && moving > STREAKS_ABOVE) return "haste";
  return status & STATUS.overcharge ? "overcharge" : undefined;
}

/** Direction of the last step; for a drone that stood still, the direction of its hull. */
function headingOf(from: { x: number; y: number }, to: { x: number; y: number }, facing: number): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  return dx * dx + dy * dy > 1 ? Math.atan2(dy, dx) : facing;
}
