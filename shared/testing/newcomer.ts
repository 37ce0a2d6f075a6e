/** A newcomer alone in a public room of bots, without a server: how long until an enemy is in view. */
import type { Arena } from "#shared/arena/arena.ts";
import { isSeen } from "#shared/brain/perception.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import { type Command, MOVE_MAX } from "#shared/schema/input.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { Drone } from "#shared/schema/state.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";
import { createDrone, spawnDrone } from "#shared/sim/spawn.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { BotMatch } from "#shared/trial/botMatch.ts";

/** "waits" stands still, as somebody who reads the keys first; "drives" goes ahead, and turns where a wall stops it. */
export type Manner = "waits" | "drives";

export interface Newcomer {
  readonly arena: Arena;
  readonly mode: ModeName;
  readonly bots: number;
  readonly seed: number;
  readonly manner: Manner;
  readonly skill?: SkillName;
}

const ID = "newcomer";

/** The ticks from the newcomer's spawn until it sees an enemy; `limitTicks` if it sees none by then. */
export function contactTicks(
  { arena, mode, bots, seed, manner, skill }: Newcomer,
  limitTicks: number,
): number {
  const skills = Array.from({ length: bots }, (): SkillName => skill ?? "easy");
  const match = new BotMatch(arena, seed, skills, { mode });
  const { world } = match;
  const self = createDrone("", isTeamed(world.rules) ? bots % 2 : bots);
  // As in a room: the newcomer comes first, then its bots.
  const others = [...world.state.drones.entries()];
  world.state.drones.set(ID, self);
  for (const [id, drone] of [[ID, self] as const, ...others]) spawnDrone(world, id, drone, []);
  const hand = new Hand(self, seededRandom(seed));
  for (let tick = 0; tick < limitTicks; tick++) {
    if (seesEnemy(match, self)) return tick;
    match.step(new Map(manner === "drives" ? [[ID, [hand.drive()]]] : []));
  }
  return limitTicks;
}

function seesEnemy({ world }: BotMatch, self: Drone): boolean {
  for (const [id, { x, y, hp, team, lastFiredTick }] of world.state.drones.entries()) {
    const seen = { id, x, y, hp, team, lastFiredTick, shield: 0, status: 0 };
    if (team !== self.team && isSeen(world.arena, self, seen, world.state.tick)) return true;
  }
  return false;
}

/** Drives ahead, and takes another direction at random where it makes no way. */
class Hand {
  readonly #drone: Drone;
  readonly #random: Random;
  #aim: number;
  #x = 0;
  #y = 0;

  constructor(drone: Drone, random: Random) {
    this.#drone = drone;
    this.#random = random;
    this.#aim = random.next() * 2 * Math.PI;
  }

  drive(): Command {
    const { x, y } = this.#drone;
    if (Math.hypot(x - this.#x, y - this.#y) < 2) this.#aim = this.#random.next() * 2 * Math.PI;
    this.#x = x;
    this.#y = y;
    const ahead = (share: number) => Math.round(share * MOVE_MAX);
    return {
      moveX: ahead(Math.cos(this.#aim)),
      moveY: ahead(Math.sin(this.#aim)),
      aim: this.#aim,
      buttons: 0,
      reach: 0,
    };
  }
}
