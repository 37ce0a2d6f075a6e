/** What moves behind the title: a slow flight over a real arena where a few drones spar. Decoration only. */
import type Phaser from "phaser";
import { PALETTE, tintOf } from "#client/palette.ts";
import { type Arena, isSolidAt } from "#shared/arena/arena.ts";
import { DRONE, MUZZLE_PX, WEAPONS } from "#shared/tuning.ts";
import { createArenaView } from "./arenaView.ts";
import { atlasImage } from "./atlas.ts";
import { ViewCamera } from "./camera.ts";
import { DroneView } from "./droneView.ts";
import { createEffects, type Effects } from "./effects.ts";
import { LAYER } from "./layers.ts";
import type { Quality } from "./quality.ts";
import { ShotPool, type ShotView } from "./shotView.ts";

export interface Backdrop {
  /** Once a frame. */
  update(timeMs: number, deltaMs: number): void;
}

const SPARRERS = 10;
const CRUISE_PX_PER_SEC = 130;
const SIGHT_PX = 560;
/** How far the flight leads away from the arena's middle, as a share of its size. */
const DRIFT_SHARE = 0.17;
const DRIFT_RATE = 0.00007;
const VEIL_OPACITY = 0.32;
const HITS_TO_EXPLODE = 5;

interface Sparrer {
  readonly view: DroneView;
  readonly team: number;
  readonly pose: { x: number; y: number; aim: number };
  readonly state: { hp: number; hpMax: number; moving: number };
  goalX: number;
  goalY: number;
  nextShotMs: number;
}

interface Shot {
  readonly view: ShotView;
  readonly team: number;
  readonly pose: { x: number; y: number; aim: number };
  bornMs: number;
}

/** Owns the scene's main camera and lives as long as the scene. Needs the atlas. */
export function createBackdrop(scene: Phaser.Scene, arena: Arena, quality: Quality): Backdrop {
  const camera = new ViewCamera(scene, quality, "cover");
  const arenaView = createArenaView(scene, arena);
  const spar = new Spar(scene, arena, quality);
  const veil = atlasImage(scene, "blank", LAYER.veil).setTint(tintOf(PALETTE.abyss)).setAlpha(VEIL_OPACITY);
  return {
    update(timeMs, deltaMs) {
      const x = arena.widthPx * (0.5 + DRIFT_SHARE * Math.sin(timeMs * DRIFT_RATE));
      const y = arena.heightPx * (0.5 + DRIFT_SHARE * Math.sin(timeMs * DRIFT_RATE * 1.31 + 1));
      spar.update(timeMs, Math.min(deltaMs, 50) / 1000);
      camera.follow(x, y);
      camera.update(timeMs, deltaMs);
      veil.setPosition(x, y).setDisplaySize(4000, 4000);
      arenaView.update(scene.cameras.main);
    },
  };
}

/** A mock fight: drones cruise between open places and shoot at whom they see. */
class Spar {
  private readonly arena: Arena;
  private readonly pool: ShotPool;
  private readonly effects: Effects;
  private readonly sparrers: Sparrer[] = [];
  private readonly shots: Shot[] = [];

  constructor(scene: Phaser.Scene, arena: Arena, quality: Quality) {
    this.arena = arena;
    this.pool = new ShotPool(scene, 16);
    this.effects = createEffects(scene, quality);
    for (let team = 0; team < SPARRERS; team++) this.sparrers.push(this.enlist(scene, team));
  }

  update(timeMs: number, deltaSec: number): void {
    for (const sparrer of this.sparrers) {
      this.cruise(sparrer, deltaSec);
      this.engage(sparrer, timeMs);
      sparrer.view.draw(sparrer.pose, sparrer.state, timeMs);
    }
    for (let index = this.shots.length - 1; index >= 0; index--) {
      const shot = this.shots[index];
      if (!shot || this.fly(shot, timeMs, deltaSec)) continue;
      shot.view.destroy();
      this.shots.splice(index, 1);
    }
  }

  private enlist(scene: Phaser.Scene, team: number): Sparrer {
    const view = new DroneView(scene, { team, name: "", self: false });
    const pose = { ...this.openPlace(), aim: team };
    return {
      view,
      team,
      pose,
      state: { hp: 100, hpMax: 100, moving: 0 },
      goalX: pose.x,
      goalY: pose.y,
      nextShotMs: 0,
    };
  }

  /** Somewhere free in the middle of the arena, where the flight passes. */
  private openPlace(): { x: number; y: number } {
    for (;;) {
      const x = this.arena.widthPx * (0.26 + Math.random() * 0.48);
      const y = this.arena.heightPx * (0.26 + Math.random() * 0.48);
      if (this.isClear(x - DRONE.radiusPx, y, x + DRONE.radiusPx, y)) return { x, y };
    }
  }

  private isClear(fromX: number, fromY: number, toX: number, toY: number): boolean {
    const steps = Math.ceil(Math.hypot(toX - fromX, toY - fromY) / 16);
    for (let step = 0; step <= steps; step++) {
      const share = steps === 0 ? 0 : step / steps;
      if (isSolidAt(this.arena, fromX + (toX - fromX) * share, fromY + (toY - fromY) * share)) return false;
    }
    return true;
  }

  private cruise(sparrer: Sparrer, deltaSec: number): void {
    const { pose, state } = sparrer;
    const dx = sparrer.goalX - pose.x;
    const dy = sparrer.goalY - pose.y;
    const left = Math.hypot(dx, dy);
    if (left < 12) {
      state.moving *= 0.9;
      this.chooseGoal(sparrer);
      return;
    }
    state.moving += (Math.min(1, left / 90) * 0.8 - state.moving) * Math.min(1, deltaSec * 4);
    const stepPx = Math.min(left, CRUISE_PX_PER_SEC * state.moving * deltaSec + 0.1);
    pose.x += (dx / left) * stepPx;
    pose.y += (dy / left) * stepPx;
  }

  /** One try a frame: the way must be wide enough for a drone on both sides. */
  private chooseGoal(sparrer: Sparrer): void {
    const { x, y } = sparrer.pose;
    const goal = this.openPlace();
    const length = Math.hypot(goal.x - x, goal.y - y);
    const sideX = (-(goal.y - y) / length) * (DRONE.radiusPx + 8);
    const sideY = ((goal.x - x) / length) * (DRONE.radiusPx + 8);
    if (length < 200 || length > 900) return;
    if (!this.isClear(x + sideX, y + sideY, goal.x + sideX, goal.y + sideY)) return;
    if (!this.isClear(x - sideX, y - sideY, goal.x - sideX, goal.y - sideY)) return;
    sparrer.goalX = goal.x;
    sparrer.goalY = goal.y;
  }

  private engage(sparrer: Sparrer, timeMs: number): void {
    const { pose } = sparrer;
    const foe = this.sparrers.find((other) => other !== sparrer && this.sees(pose, other.pose));
    const wanted = foe
      ? Math.atan2(foe.pose.y - pose.y, foe.pose.x - pose.x)
      : Math.atan2(sparrer.goalY - pose.y, sparrer.goalX - pose.x);
    pose.aim += Math.atan2(Math.sin(wanted - pose.aim), Math.cos(wanted - pose.aim)) * 0.07;
    if (!foe || timeMs < sparrer.nextShotMs) return;
    sparrer.nextShotMs = timeMs + (Math.random() < 0.3 ? 1400 : 260);
    const x = pose.x + Math.cos(pose.aim) * MUZZLE_PX;
    const y = pose.y + Math.sin(pose.aim) * MUZZLE_PX;
    const shot = { x, y, aim: pose.aim + (Math.random() - 0.5) * 0.22 };
    this.shots.push({ view: this.pool.take(sparrer.team), team: sparrer.team, pose: shot, bornMs: timeMs });
    this.effects.muzzle(x, y, pose.aim, sparrer.team);
    sparrer.view.recoil();
  }

  private sees(from: { x: number; y: number }, to: { x: number; y: number }): boolean {
    return Math.hypot(to.x - from.x, to.y - from.y) < SIGHT_PX && this.isClear(from.x, from.y, to.x, to.y);
  }

  /** False when it is over. */
  private fly(shot: Shot, timeMs: number, deltaSec: number): boolean {
    const { pose, team } = shot;
    const ageMs = timeMs - shot.bornMs;
    pose.x += Math.cos(pose.aim) * WEAPONS.blaster.speedPxPerSec * deltaSec;
    pose.y += Math.sin(pose.aim) * WEAPONS.blaster.speedPxPerSec * deltaSec;
    if (isSolidAt(this.arena, pose.x, pose.y)) {
      this.effects.wallImpact(pose.x, pose.y, pose.aim, team);
      return false;
    }
    const struck = this.sparrers.find(
      (other) =>
        other.team !== team && Math.hypot(other.pose.x - pose.x, other.pose.y - pose.y) < DRONE.radiusPx,
    );
    if (struck) this.strike(struck, pose, team);
    else shot.view.draw(pose, ageMs);
    return !struck && ageMs < 1000;
  }

  private strike(struck: Sparrer, at: { x: number; y: number; aim: number }, team: number): void {
    this.effects.hit(at.x, at.y, at.aim, team);
    struck.view.flash();
    struck.state.hp -= struck.state.hpMax / HITS_TO_EXPLODE;
    if (struck.state.hp > 1) return;
    this.effects.explode(struck.pose.x, struck.pose.y, struck.team);
    Object.assign(struck.pose, this.openPlace());
    struck.state.hp = struck.state.hpMax;
    struck.goalX = struck.pose.x;
    struck.goalY = struck.pose.y;
    this.effects.spawn(struck.pose.x, struck.pose.y, struck.team);
  }
}
