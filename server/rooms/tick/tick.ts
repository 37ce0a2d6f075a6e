/** A room's tick: everybody's commands in, what happened out. Spectators' commands go nowhere. */

import { updateRoster } from "#server/rooms/seats.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import type { Command } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { type SeenBy, seenNow } from "#shared/sim/sight.ts";
import type { Bots } from "./bots.ts";
import { CommandMeter, type CommandQueue } from "./commandMeter.ts";
import type { LagCompensation } from "./lagCompensation.ts";

/** The part of Colyseus' input that this reads. */
export interface Inputs {
  get(sessionId: string): CommandQueue;
}

export interface FightParts {
  readonly world: ArenaWorld;
  readonly bots: Bots;
  readonly inputs: Inputs;
  readonly lagCompensation: LagCompensation;
}

export class Fight {
  readonly #parts: FightParts;
  /** One for each player's drone, those of dropped players included. */
  readonly #meters = new Map<string, CommandMeter>();

  constructor(parts: FightParts) {
    this.#parts = parts;
  }

  /** From now on this player's commands steer their drone; what they sent before is of another life. */
  enter(id: string): void {
    const { inputs } = this.#parts;
    while (inputs.get(id).next());
    this.#meters.set(id, new CommandMeter());
  }

  leave(id: string): void {
    this.#meters.delete(id);
  }

  step(): SimEvent[] {
    const { world, bots } = this.#parts;
    const events = stepWorld(world, this.#takeCommands(), this.#seen);
    this.#noteSpawns(events);
    updateRoster(world.state);
    bots.hear(events);
    return events;
  }

  readonly #seen: SeenBy = (shooterId, command) =>
    this.#meters.has(shooterId)
      ? this.#parts.lagCompensation.sightOf(shooterId, command)
      : seenNow(shooterId, command);

  #noteSpawns(events: readonly SimEvent[]): void {
    const { world, lagCompensation } = this.#parts;
    for (const event of events) {
      const drone = event.type === "spawn" ? world.state.drones.get(event.drone) : undefined;
      if (drone) lagCompensation.noteSpawn(drone);
    }
  }

  #takeCommands(): Map<string, readonly Command[]> {
    const { world, bots, inputs } = this.#parts;
    const commands = new Map<string, readonly Command[]>();
    for (const [id, meter] of this.#meters) {
      commands.set(id, meter.take(inputs.get(id), world.state.drones.get(id)?.aim ?? 0));
    }
    bots.command(commands);
    return commands;
  }
}
