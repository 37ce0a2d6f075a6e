/** The bots of a room: as many as keep a lone visitor company, each with a brain of its own. */
import { type Brain, createBrain } from "#shared/brain/brain.ts";
import { Scene } from "#shared/brain/scene.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import { BOT_FILL } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";
import type { ArenaWorld } from "#shared/sim/createWorld.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { freeSeat, takeSeat } from "./seats.ts";

const NAMES = ["Rivet", "Gasket", "Sprocket", "Flange", "Cotter", "Bobbin", "Tappet", "Ratchet"] as const;

export class Bots {
  readonly #world: ArenaWorld;
  readonly #skill: SkillName;
  readonly #brains = new Map<string, Brain>();
  /** The state, read once a tick for all of them. */
  #scene: Scene;
  #heard: readonly SimEvent[] = [];
  #made = 0;

  constructor(world: ArenaWorld, skill: SkillName = "normal") {
    this.#world = world;
    this.#skill = skill;
    this.#scene = new Scene(world.arena);
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
    this.#scene = new Scene(this.#world.arena);
    this.#heard = [];
    for (const id of this.#brains.keys()) this.#brains.set(id, this.#newBrain());
  }

  /** Writes each bot's command for this tick into `commands`. */
  command(commands: Map<string, readonly Command[]>): void {
    if (this.#brains.size === 0) return;
    this.#scene.read(this.#world.state, this.#heard);
    for (const [id, brain] of this.#brains) {
      const perception = this.#scene.perceptionOf(id);
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

  #removeLast(): void {
    const id = [...this.#brains.keys()].at(-1);
    if (id === undefined) return;
    this.#brains.delete(id);
    freeSeat(this.#world.state, id);
  }
}
