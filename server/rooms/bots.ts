/** The bots of a room: as many as keep a lone visitor company, each with a brain of its own. */
import { type Brain, createBrain, type SeenDrone } from "#shared/brain/brain.ts";
import { BOT_FILL } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";
import type { ArenaWorld } from "#shared/sim/createWorld.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { freeSeat, takeSeat } from "./seats.ts";

const NAMES = ["Rivet", "Gasket", "Sprocket", "Flange", "Cotter", "Bobbin", "Tappet", "Ratchet"] as const;

export class Bots {
  readonly #world: ArenaWorld;
  readonly #brains = new Map<string, Brain>();
  #made = 0;

  constructor(world: ArenaWorld) {
    this.#world = world;
  }

  /** Adds or removes bots until they and the players are BOT_FILL. While nobody is there, nothing changes. */
  fill(players: number): SimEvent[] {
    const events: SimEvent[] = [];
    if (players === 0) return events;
    const wanted = Math.max(0, BOT_FILL - players);
    while (this.#brains.size < wanted) events.push(...this.#add());
    while (this.#brains.size > wanted) this.#removeLast();
    return events;
  }

  /** The arena is another one: what they knew of the way is worth nothing. */
  forgetArena(): void {
    for (const id of this.#brains.keys()) this.#brains.set(id, this.#newBrain());
  }

  /** Writes each bot's command for this tick into `commands`. */
  command(commands: Map<string, readonly Command[]>): void {
    const { drones, tick } = this.#world.state;
    for (const [id, brain] of this.#brains) {
      const self = drones.get(id);
      const others = drones.values() as Iterable<SeenDrone>;
      if (self) commands.set(id, [brain.think({ self, others, tick })]);
    }
  }

  #add(): SimEvent[] {
    const serial = this.#made++;
    const id = `bot-${serial}`;
    this.#brains.set(id, this.#newBrain());
    const name = NAMES[serial % NAMES.length] ?? NAMES[0];
    return takeSeat(this.#world, { id, name, bot: true }).events;
  }

  #newBrain(): Brain {
    return createBrain(this.#world.arena, seededRandom(Math.floor(this.#world.random.next() * 2 ** 32)));
  }

  #removeLast(): void {
    const id = [...this.#brains.keys()].at(-1);
    if (id === undefined) return;
    this.#brains.delete(id);
    freeSeat(this.#world.state, id);
  }
}
