/**
 * A player's waiting commands, on the servers that have no input stream of Colyseus. Fracas' own meter says how many a
 * tick takes, so that no server answers sooner by a laxer rule.
 */
import { CommandMeter, type CommandQueue as Metered } from "#server/rooms/tick/commandMeter.ts";
import { COMMAND_BACKLOG_MAX } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";

export class CommandQueue implements Metered {
  /** Nobody shoots, so nobody needs to say when. */
  readonly renderTime = 0;
  readonly #waiting: Command[] = [];
  readonly #meter = new CommandMeter();
  /** How many have been taken since the beginning. */
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

  /** For one tick; `aim` is the drone's. */
  take(aim: number): readonly Command[] {
    return this.#meter.take(this, aim);
  }
}
