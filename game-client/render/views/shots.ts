/** Draws every projectile on the screen, with its muzzle flash, its trail and its end. */
import type Phaser from "phaser";
import type { Effects } from "#client/render/effects/effects.ts";
import type { OnCue, ShownShot } from "#client/render/shown.ts";
import { TICK_MS } from "#shared/config.ts";
import { lobOf, MUZZLE_PX, PROJECTILES, WEAPONS, type WeaponName } from "#shared/tuning.ts";
import type { Drones } from "./drones.ts";
import { dropUnseen } from "./dropUnseen.ts";
import { endOf, fizzles, reachPxOf } from "./flight.ts";
import { Pool } from "./pool.ts";
import { ShellView } from "./shellView.ts";
import { ShotView } from "./shotView.ts";

interface ShotRecord {
  readonly view: ShotView | ShellView;
  readonly team: number;
  /** From its origin to where it ends. */
  reachPx: number;
  nextPuffMs: number;
  ended: boolean;
  /** The player has been warned of this shell. */
  warned: boolean;
  /** Drawn in this frame; dropUnseen removes the record otherwise. */
  seen: boolean;
}

/** A burst that was shown a moment ago. */
interface Landing {
  readonly shooter: string;
  readonly x: number;
  readonly y: number;
  readonly atMs: number;
}

const WARM = { shots: 64, shells: 4 } as const;
const PUFF_MS = 34;
/** A player is warned this far outside the splash, too. */
const WARN_PX = 60;
/**
 * The predicted landing and the server's event of one burst are closer together than this in place and time; a drone's
 * next shell lands later, for its weapon has to cool down.
 */
const SAME_BURST_PX = 90;
const sameBurstMs = (weapon: WeaponName): number => 0.7 * WEAPONS[weapon].cooldownTicks * TICK_MS;

export class Shots {
  readonly #drones: Drones;
  readonly #effects: Effects;
  readonly #onCue: OnCue;
  readonly #bolts: Pool<ShotView>;
  readonly #shells: Pool<ShellView>;
  readonly #records = new Map<number | string, ShotRecord>();
  /** Drone and weapon of each flash in this frame: a volley of pellets flashes once. */
  readonly #volleys = new Set<string>();
  #landings: Landing[] = [];
  #timeMs = 0;
  /** The shots of the next frame were fired before: they make no flash and no sound. */
  #isAnew = false;

  constructor(scene: Phaser.Scene, drones: Drones, effects: Effects, onCue: OnCue) {
    this.#drones = drones;
    this.#effects = effects;
    this.#onCue = onCue;
    this.#bolts = new Pool(() => new ShotView(scene), WARM.shots);
    this.#shells = new Pool(() => new ShellView(scene), WARM.shells);
  }

  draw(shots: Iterable<ShownShot>, timeMs: number): void {
    this.#timeMs = timeMs;
    this.#volleys.clear();
    for (const shot of shots) this.#draw(shot);
    dropUnseen(this.#records, ({ view }) => this.#giveBack(view));
    this.#isAnew = false;
  }

  clear(): void {
    for (const { view } of this.#records.values()) this.#giveBack(view);
    this.#records.clear();
    this.#landings = [];
    this.#isAnew = true;
  }

  #giveBack(view: ShotView | ShellView): void {
    if (view instanceof ShellView) this.#shells.giveBack(view);
    else this.#bolts.giveBack(view);
  }

  /** Shows a burst on the server's event or the end of the shell's flight, whichever comes first. */
  burst(shooter: string, weapon: WeaponName, x: number, y: number): void {
    const windowMs = sameBurstMs(weapon);
    this.#landings = this.#landings.filter(({ atMs }) => this.#timeMs - atMs < windowMs);
    const shown = this.#landings.findIndex(
      (landing) => landing.shooter === shooter && Math.hypot(landing.x - x, landing.y - y) < SAME_BURST_PX,
    );
    if (shown >= 0) {
      this.#landings.splice(shown, 1);
      return;
    }
    this.#landings.push({ shooter, x, y, atMs: this.#timeMs });
    this.#effects.burst(weapon, x, y, this.#drones.teamOf(shooter));
    this.#onCue({ kind: "burst", drone: shooter, x, y });
  }

  #draw(shot: ShownShot): void {
    const record = this.#records.get(shot.id) ?? this.#add(shot);
    record.seen = true;
    if (record.ended) return;
    if (shot.share < 1) record.reachPx = reachPxOf(shot);
    if (record.view instanceof ShellView) this.#drawShell(record, record.view, shot);
    else record.view.draw(shot);
    if (!shot.ended) return;
    record.ended = true;
    record.view.park();
    if (!this.#isAnew) this.#end(record, shot);
  }

  #drawShell(record: ShotRecord, view: ShellView, shot: ShownShot): void {
    const end = endOf(shot, record.reachPx);
    const { self } = this.#drones;
    const isThreat = self !== undefined && self.hp > 0 && self.team !== record.team;
    const warnPx = (lobOf(shot.weapon)?.splashPx ?? 0) + WARN_PX;
    const isNear = isThreat && Math.hypot(self.x - end.x, self.y - end.y) < warnPx;
    view.draw(shot, end, isNear);
    if (isNear && !record.warned) {
      record.warned = true;
      this.#onCue({ kind: "incoming", drone: shot.owner, x: end.x, y: end.y });
    }
    if (this.#timeMs < record.nextPuffMs) return;
    record.nextPuffMs = this.#timeMs + PUFF_MS;
    this.#effects.shellTrail(view.tail.x, view.tail.y, record.team);
  }

  #end({ reachPx, team }: ShotRecord, shot: ShownShot): void {
    const { owner, weapon, x, y, aim } = shot;
    if (lobOf(weapon)) this.burst(owner, weapon, x, y);
    else if (fizzles(shot, reachPx)) this.#effects.fizzle(x, y, aim, team);
    else {
      this.#effects.wallImpact(x, y, aim, team);
      this.#onCue({ kind: "wall", drone: owner, weapon, x, y });
    }
  }

  #add(shot: ShownShot): ShotRecord {
    const { owner, weapon, x, y } = shot;
    const team = this.#drones.teamOf(owner);
    const view = lobOf(weapon) ? this.#shells.take() : this.#bolts.take();
    view.dress(team, weapon);
    const reachPx = PROJECTILES[weapon].rangePx;
    const record = { view, team, reachPx, nextPuffMs: 0, ended: false, warned: false, seen: true };
    this.#records.set(shot.id, record);
    const volley = `${owner} ${weapon}`;
    if (!this.#isAnew && !this.#volleys.has(volley)) {
      this.#volleys.add(volley);
      this.#flash(shot);
      this.#onCue({ kind: "shot", drone: owner, weapon, x, y });
    }
    return record;
  }

  /** The shooter's barrel flashes and kicks when its shot is first seen. */
  #flash({ owner, weapon, aim }: ShownShot): void {
    const shooter = this.#drones.get(owner);
    if (!shooter) return;
    const { x, y, aim: barrel, team } = shooter.shown;
    // Pellets fan out, but the flash points along the barrel.
    const towards = PROJECTILES[weapon].pellets > 1 ? barrel : aim;
    shooter.view.recoil();
    this.#effects.muzzle(
      weapon,
      x + Math.cos(towards) * MUZZLE_PX,
      y + Math.sin(towards) * MUZZLE_PX,
      towards,
      team,
    );
  }
}
