/**
 * The queue of a player's commands on servers without Colyseus' input stream. Fracas' own command meter decides how
 * many of them a tick runs, so that no server responds faster by a laxer rule.
 */
import { CommandMeter, type CommandQueue as Metered } from "#server/rooms/tick/commandMeter.ts";
import { COMMAND_BACKLOG_MAX } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";

export class CommandQueue implements Metered {
  /** Unused: nobody fires in the bench. */
  readonly renderTime = 0;
  readonly #waiting: Command[] = [];
  readonly #meter = new CommandMeter();
  /** The number of commands run so far. */
  taken = 0;

  get size(): number {
    return this.#waiting.length;
  }

  push(command: Command): void {
    this.#waiting.push(command);
    if (this.#waiting.length > COMMAND_BACKLOG_MAX) this.#waiting.shift();
  }

  next(): Command | undefined {
    const command = this.#waiting.shift();
    if (command) this.taken++;
    return command;
  }

  /** The commands of one tick; `aim` is the drone's current one, radians. */
  take(aim: number): readonly Command[] {
    return this.#meter.take(this, aim);
  }
}
