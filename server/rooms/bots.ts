/** The bots of a room: as many as keep a lone visitor company, each with a brain of its own. */
import type { Arena } from "#shared/arena/arena.ts";
import { type Brain, createBrain } from "#shared/brain/brain.ts";
import { Scene } from "#shared/brain/scene.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import { BOT_FILL } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import type { World } from "#shared/sim/world.ts";
import { freeSeat, takeSeat } from "./seats.ts";

const NAMES = ["Rivet", "Gasket", "Sprocket", "Flange", "Cotter", "Bobbin", "Tappet", "Ratchet"] as const;

type RoomWorld = World & { state: ArenaState };

export class Bots {
  readonly #world: RoomWorld;
  readonly #skill: SkillName;
  readonly #brains = new Map<string, Brain>();
  /** The one that scene and brains know; the next match may be fought in another. */
  #arena: Arena;
  #scene: Scene;
  #heard: readonly SimEvent[] = [];
  #made = 0;

  constructor(world: RoomWorld, skill: SkillName = "normal") {
    this.#world = world;
    this.#skill = skill;
    this.#arena = world.arena;
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

  /** Writes each bot's command for this tick into `commands`. */
  command(commands: Map<string, readonly Command[]>): void {
    if (this.#brains.size === 0) return;
    if (this.#arena !== this.#world.arena) this.#moveTo(this.#world.arena);
    this.#scene.read(this.#world.state, this.#heard);
    for (const [id, brain] of this.#brains) {
      const perception = this.#scene.perceptionOf(id);
      if (perception) commands.set(id, [brain.think(perception)]);
    }
  }

  /** What happened in the tick that has just been stepped: they hear of it with their next commands. */
  hear(events: readonly SimEvent[]): void {
    this.#heard = events;
  }

  #moveTo(arena: Arena): void {
    this.#arena = arena;
    this.#scene = new Scene(arena);
    for (const id of this.#brains.keys()) this.#brains.set(id, this.#newBrain());
  }

  #newBrain(): Brain {
    const random = seededRandom(Math.floor(this.#world.random.next() * 2 ** 32));
    return createBrain(this.#arena, random, this.#skill);
  }

  #add(): SimEvent[] {
    const serial = this.#made++;
    const id = `bot-${serial}`;
    if (this.#arena !== this.#world.arena) this.#moveTo(this.#world.arena);
    this.#brains.set(id, this.#newBrain());
    const name = NAMES[serial % NAMES.length] ?? NAMES[0];
    return takeSeat(this.#world, { id, name, bot: true }).events;
  }

  #removeLast(): void {
    const id = [...this.#brains.keys()].at(-1);
    if (id === undefined) return;
    this.#brains.delete(id);
    freeSeat(this.#world.state, id);
  }
}
