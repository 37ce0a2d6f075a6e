/** The bots of a room: their seats, brains and commands. */
import { freeSeat, takeSeat } from "#server/rooms/seats.ts";
import { freeTeam } from "#server/rooms/sides.ts";
import { type Brain, createBrain } from "#shared/brain/brain.ts";
import { seekOut } from "#shared/brain/seekOut.ts";
import type { SkillLevel } from "#shared/brain/skill.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { BOT_NAMES } from "#shared/protocol/playerName.ts";
import type { Command } from "#shared/schema/input.ts";
import { aimCode, aimOfCode } from "#shared/schema/wire.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";

/** Rounds a bot's command to one that a player could send: the flight recorder then needs no more bytes for it. */
const onTheWire = (command: Command): Command => ({ ...command, aim: aimOfCode(aimCode(command.aim)) });

export class Bots {
  readonly #world: ArenaWorld;
  readonly #brains = new Map<string, Brain>();
  /** The state, read once a tick for all bots. */
  #snapshot: WorldSnapshot;
  #lastEvents: readonly SimEvent[] = [];
  #created = 0;
  #skill: SkillLevel = "normal";

  constructor(world: ArenaWorld) {
    this.#world = world;
    this.#snapshot = new WorldSnapshot(world.arena);
  }

  get count(): number {
    return this.#brains.size;
  }

  /** How many there have been. */
  get created(): number {
    return this.#created;
  }

  /** Gives these seats, which are in the state already, new brains. */
  restore(ids: readonly string[], created: number): void {
    this.#created = created;
    for (const id of ids) this.#brains.set(id, this.#newBrain());
  }

  /** Adds bots, or removes the newest, until there are `wanted`. Returns the events of the spawns. */
  fill(wanted: number): SimEvent[] {
    const events: SimEvent[] = [];
    while (this.#brains.size < wanted) events.push(...this.#add());
    for (const id of [...this.#brains.keys()].slice(Math.max(0, wanted))) this.remove(id);
    return events;
  }

  /** Removes a bot and its seat. False when no bot has this ID. */
  remove(id: string): boolean {
    if (!this.#brains.delete(id)) return false;
    freeSeat(this.#world.state, id);
    return true;
  }

  /** Sets the skill of all bots. */
  train(skill: SkillLevel): void {
    if (skill === this.#skill) return;
    this.#skill = skill;
    this.#giveNewBrains();
  }

  /** To be called after a change of the arena: discards everything that depends on the old one. */
  forgetArena(): void {
    this.#snapshot = new WorldSnapshot(this.#world.arena);
    this.#lastEvents = [];
    this.#giveNewBrains();
  }

  /** Writes each bot's command for this tick into `commands`. */
  command(commands: Map<string, readonly Command[]>): void {
    if (this.#brains.size === 0) return;
    this.#snapshot.read(this.#world.state, this.#lastEvents);
    if (!this.#world.state.hosted) seekOut(this.#world, this.#brains);
    for (const [id, brain] of this.#brains) {
      const perception = this.#snapshot.perceptionOf(id);
      if (perception) commands.set(id, [onTheWire(brain.think(perception))]);
    }
  }

  /** The events of the last step, which the bots perceive before their next commands. */
  hear(events: readonly SimEvent[]): void {
    this.#lastEvents = events;
  }

  #add(): SimEvent[] {
    const serial = this.#created++;
    const id = `bot-${serial}`;
    this.#brains.set(id, this.#newBrain());
    const name = BOT_NAMES[serial % BOT_NAMES.length] ?? BOT_NAMES[0];
    return takeSeat(this.#world, { id, name, bot: true }, freeTeam(this.#world)).events;
  }

  #newBrain(): Brain {
    const random = seededRandom(Math.floor(this.#world.random.next() * 2 ** 32));
    return createBrain(this.#world.arena, random, this.#skill);
  }

  #giveNewBrains(): void {
    for (const id of this.#brains.keys()) this.#brains.set(id, this.#newBrain());
  }
}
