/** A room's tick: collects every player's and bot's commands, steps the world, and returns the events. */
import type { Activity } from "#server/rooms/activity.ts";
import type { FlightRecorder } from "#server/rooms/flight/flightRecorder.ts";
import { updateRoster } from "#server/rooms/seats.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { Command } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { type Place, type SeenBy, seenNow } from "#shared/sim/sight.ts";
import { type Lean, NO_LEAN, stepLean } from "#shared/sim/view.ts";
import { isAlive } from "#shared/sim/world.ts";
import type { Bots } from "./bots.ts";
import { CommandMeter, type CommandQueue } from "./commandMeter.ts";
import type { LagCompensation } from "./lagCompensation.ts";

/** The players' queues of commands, by session ID. */
export interface Inputs {
  get(sessionId: string): CommandQueue;
}

export interface RoomTickOptions {
  readonly world: ArenaWorld;
  readonly bots: Bots;
  readonly inputs: Inputs;
  readonly lagCompensation: LagCompensation;
  readonly activity: Activity;
  readonly flight: Pick<FlightRecorder, "step">;
}

export class RoomTick {
  readonly #options: RoomTickOptions;
  /** One for each player with a drone, dropped players included. Spectators' commands are not read. */
  readonly #meters = new Map<string, CommandMeter>();
  /** How far their views lean. Recordings of a room do not keep it: a moved room starts at 0, and follows in a second. */
  readonly #leans = new Map<string, Lean>();
  /** Their commands of the last tick. */
  readonly #commands = new Map<string, readonly Command[]>();

  constructor(options: RoomTickOptions) {
    this.#options = options;
  }

  /** From now on the player's commands steer its drone. Discards those it sent before. */
  addPlayer(id: string): void {
    const { inputs, activity } = this.#options;
    while (inputs.get(id).next());
    this.#meters.set(id, new CommandMeter());
    this.#leans.set(id, { ...NO_LEAN });
    activity.entered(id);
  }

  removePlayer(id: string): void {
    this.#meters.delete(id);
    this.#leans.delete(id);
    this.#commands.delete(id);
    this.#options.activity.forget(id);
  }

  /** From the player's drone to the middle of its view, px, after the commands of the last tick. */
  leanOf(id: string): Place {
    return this.#leans.get(id) ?? NO_LEAN;
  }

  /** Whether no connected player plays. */
  get isStill(): boolean {
    return !this.#options.activity.isAnyActive(this.#connected());
  }

  /** Without a connected player who plays, the world stands still; commands are acknowledged all the same. */
  step(): SimEvent[] {
    const { world, bots, flight } = this.#options;
    this.#takeCommands();
    if (this.isStill) return [];
    // Bots add their commands to a copy: the players' map is used again.
    const commands = bots.count > 0 ? new Map(this.#commands) : this.#commands;
    bots.command(commands);
    const events = flight.step(commands, this.#seen);
    this.#noteSpawns(events);
    updateRoster(world);
    bots.hear(events);
    return events;
  }

  /** Bots see the present; players see the past that their round trip explains. */
  readonly #seen: SeenBy = (shooterId, command) =>
    this.#meters.has(shooterId)
      ? this.#options.lagCompensation.sightOf(shooterId, command)
      : seenNow(shooterId, command);

  #noteSpawns(events: readonly SimEvent[]): void {
    const { world, lagCompensation } = this.#options;
    for (const event of events) {
      const drone = event.type === "spawn" ? world.state.drones.get(event.drone) : undefined;
      if (drone) lagCompensation.noteSpawn(drone);
    }
  }

  #takeCommands(): void {
    const { world, inputs, activity } = this.#options;
    for (const [id, meter] of this.#meters) {
      const queue = inputs.get(id);
      const isSent = queue.size > 0;
      // Only a silent player's drone keeps its aim.
      const drone = world.state.drones.get(id);
      const aim = isSent ? 0 : (drone?.aim ?? 0);
      const taken = meter.take(queue, aim);
      // The meter makes up commands for a silent client.
      if (isSent) activity.noteCommands(id, taken);
      this.#commands.set(id, taken);
      const lean = this.#leans.get(id);
      if (lean) for (const command of taken) stepLean(lean, command, drone !== undefined && isAlive(drone));
    }
  }

  *#connected(): Iterable<string> {
    const { roster } = this.#options.world.state;
    for (const id of this.#meters.keys()) if (roster.get(id)?.connected) yield id;
  }
}
