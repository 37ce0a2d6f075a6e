/** Watches a match tick by tick and collects what shows whether it was fair and lively. */
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { Command } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { isAlive } from "#shared/sim/world.ts";
import { WEAPONS, type WeaponName } from "#shared/tuning.ts";

export interface Witnessed {
  readonly killsByWeapon: Readonly<Record<WeaponName, number>>;
  /** For each bot, the time until it first dealt or took a hit; the whole match if it never did. */
  readonly contactSec: readonly number[];
  /** For each kill, the time since the first hit on the victim in that fight. */
  readonly killSec: readonly number[];
  readonly leadChanges: number;
  /** The moments in which a bot was found stuck. */
  readonly stuck: readonly Stuck[];
}

export interface Stuck {
  readonly bot: string;
  readonly tick: number;
  readonly x: number;
  readonly y: number;
}

/** A bot is stuck if it wants to move for this long but stays inside a box of this size. Strafing needs a larger box. */
const STUCK = { px: 60, ticks: 3 * TICKS_PER_SEC } as const;
/** A fight ends after this long without a hit. */
const LULL_TICKS = 3 * TICKS_PER_SEC;

export class Witness {
  readonly #kills: Record<WeaponName, number> = Object.fromEntries(
    Object.keys(WEAPONS).map((weapon) => [weapon, 0]),
  ) as Record<WeaponName, number>;
  readonly #bots: number;
  /** The tick of each bot's first hit, dealt or taken. */
  readonly #contactTick = new Map<string, number>();
  /** The first and the last hit of the fight that each victim is in. */
  readonly #underFire = new Map<string, { sinceTick: number; lastTick: number }>();
  readonly #killSec: number[] = [];
  /** The bounding box of where each bot has been since it last moved on. */
  readonly #boxes = new Map<string, Box>();
  readonly #stuck: Stuck[] = [];
  #leader: string | undefined;
  #leadChanges = 0;
  #tick = 0;

  constructor(bots: number) {
    this.#bots = bots;
  }

  note(
    world: ArenaWorld,
    commands: ReadonlyMap<string, readonly Command[]>,
    events: readonly SimEvent[],
  ): void {
    this.#tick = world.state.tick;
    for (const event of events) {
      if (event.type === "hit") this.#noteHit(event.shooter, event.victim, event.damage);
      else if (event.type === "kill") this.#noteKill(event.victim, event.weapon);
      else if (event.type === "spawn") this.#boxes.delete(event.drone);
    }
    if (events.some(({ type }) => type === "kill" || type === "flag") || this.#tick % 30 === 0) {
      this.#noteLead(world);
    }
    this.#noteStuck(world, commands);
  }

  /** Call it once, after the last tick. */
  result(): Witnessed {
    const contacts = [...this.#contactTick.values()].map((tick) => tick / TICKS_PER_SEC);
    while (contacts.length < this.#bots) contacts.push(this.#tick / TICKS_PER_SEC);
    return {
      killsByWeapon: this.#kills,
      contactSec: contacts,
      killSec: this.#killSec,
      leadChanges: this.#leadChanges,
      stuck: this.#stuck,
    };
  }

  #noteHit(shooter: string, victim: string, damage: number): void {
    for (const id of [shooter, victim]) {
      if (!this.#contactTick.has(id)) this.#contactTick.set(id, this.#tick);
    }
    if (damage === 0) return;
    const fight = this.#underFire.get(victim);
    if (fight && this.#tick - fight.lastTick <= LULL_TICKS) fight.lastTick = this.#tick;
    else this.#underFire.set(victim, { sinceTick: this.#tick, lastTick: this.#tick });
  }

  #noteKill(victim: string, weapon: WeaponName): void {
    this.#kills[weapon]++;
    const fight = this.#underFire.get(victim);
    if (fight) this.#killSec.push((this.#tick - fight.sinceTick) / TICKS_PER_SEC);
    this.#underFire.delete(victim);
  }

  /** A tie is no change of the lead. */
  #noteLead({ state, rules }: ArenaWorld): void {
    const scores: [string, number][] = isTeamed(rules)
      ? [
          ["a", state.scoreA],
          ["b", state.scoreB],
        ]
      : Array.from(state.drones.entries(), ([id, { score }]) => [id, score]);
    const most = Math.max(...scores.map(([, score]) => score));
    const leaders = scores.filter(([, score]) => score === most);
    const leader = leaders.length === 1 ? leaders[0]?.[0] : undefined;
    if (leader === undefined || leader === this.#leader) return;
    if (this.#leader !== undefined) this.#leadChanges++;
    this.#leader = leader;
  }

  #noteStuck({ state }: ArenaWorld, commands: ReadonlyMap<string, readonly Command[]>): void {
    for (const [id, drone] of state.drones.entries()) {
      const command = commands.get(id)?.[0];
      const wantsToMove = command && (command.moveX !== 0 || command.moveY !== 0);
      const box = this.#boxes.get(id);
      if (!wantsToMove || !isAlive(drone)) this.#boxes.delete(id);
      else if (!box || !growsWithin(box, drone, STUCK.px)) this.#boxes.set(id, boxAt(drone, this.#tick));
      else if (this.#tick - box.sinceTick > STUCK.ticks) {
        this.#stuck.push({ bot: id, tick: this.#tick, x: drone.x, y: drone.y });
        box.sinceTick = this.#tick;
      }
    }
  }
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
  sinceTick: number;
}

const boxAt = ({ x, y }: Place, tick: number): Box => ({
  left: x,
  right: x,
  top: y,
  bottom: y,
  sinceTick: tick,
});

/** Extends the box to the place; false when it is then larger than `px` in either direction. */
function growsWithin(box: Box, { x, y }: Place, px: number): boolean {
  box.left = Math.min(box.left, x);
  box.right = Math.max(box.right, x);
  box.top = Math.min(box.top, y);
  box.bottom = Math.max(box.bottom, y);
  return box.right - box.left <= px && box.bottom - box.top <= px;
}
