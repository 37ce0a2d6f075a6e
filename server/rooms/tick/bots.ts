/** The bots of a room, each with a brain of its own. */

import { freeSeat, takeSeat } from "#server/rooms/seats.ts";
import { type Brain, createBrain } from "#shared/brain/brain.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { Command } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";

const NAMES = ["Rivet", "Gasket", "Sprocket", "Flange", "Cotter", "Bobbin", "Tappet", "Ratchet"] as const;

export class Bots {
  readonly #world: ArenaWorld;
  readonly #brains = new Map<string, Brain>();
  /** The state, read once a tick for all of them. */
  #snapshot: WorldSnapshot;
  #heard: readonly SimEvent[] = [];
  #made = 0;
  #skill: SkillName = "normal";

  constructor(world: ArenaWorld) {
    this.#world = world;
    this.#snapshot = new WorldSnapshot(world.arena);
  }

  get count(): number {
    return this.#brains.size;
  }

  /** Adds or removes bots, the newest first, until there are so many. */
  fill(wanted: number): SimEvent[] {
    const events: SimEvent[] = [];
    while (this.#brains.size < wanted) events.push(...this.#add());
    for (const id of [...this.#brains.keys()].slice(Math.max(0, wanted))) this.remove(id);
    return events;
  }

  /** False when it is none of them. */
  remove(id: string): boolean {
    if (!this.#brains.delete(id)) return false;
    freeSeat(this.#world.state, id);
    return true;
  }

  /** From now on all of them play so well. */
  train(skill: SkillName): void {
    if (skill === this.#skill) return;
    this.#skill = skill;
    this.#giveNewBrains();
  }

  /** The arena is another one: what they knew of the way is worth nothing. */
  forgetArena(): void {
    this.#snapshot = new WorldSnapshot(this.#world.arena);
    this.#heard = [];
    this.#giveNewBrains();
  }

  /** Writes each bot's command for this tick into `commands`. */
  command(commands: Map<string, readonly Command[]>): void {
    if (this.#brains.size === 0) return;
    this.#snapshot.read(this.#world.state, this.#heard);
    for (const [id, brain] of this.#brains) {
      const perception = this.#snapshot.perceptionOf(id);
      if (perception) commands.set(id, [brain.think(perception)]);
    }
  }

  /** What happened in the tick that has just been stepped: they hear of it before their next commands. */
  hear(events: readonly SimEvent[]): void {
    this.#heard = events;
  }

  #add(): SimEvent[] {
    const serial = this.#made++;
    const id = `bot-${serial}`;
    this.#brains.set(id, this.#newBrain());
    const name = NAMES[serial % NAMES.length] ?? NAMES[0];
    return takeSeat(this.#world, { id, name, bot: true }).events;
  }

  #newBrain(): Brain {
    const random = seededRandom(Math.floor(this.#world.random.next() * 2 ** 32));
    return createBrain(this.#world.arena, random, this.#skill);
  }

  #giveNewBrains(): void {
    for (const id of this.#brains.keys()) this.#brains.set(id, this.#newBrain());
  }
}
