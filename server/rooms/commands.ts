/** How many of a player's waiting commands a tick takes: one, one more while a backlog drains, none in a gap. */
import { COMMAND_BACKLOG_STEADY, SILENCE_TICKS } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";

/** The part of Colyseus' input accessor that this reads. */
export interface CommandQueue {
  readonly size: number;
  take(count: number): readonly Command[];
}

/** One player's meter; flooding buys no speed, and a gap is not guessed at until it is a silence. */
export class CommandMeter {
  #silentTicks = 0;

  /**
   * A tick without a command leaves the drone where it is, for its client did not predict that tick either.
   * In a long silence neutral commands carry it on, and the client is corrected when it returns.
   */
  take(queue: CommandQueue, aim: number): readonly Command[] {
    const commands = queue.take(queue.size > COMMAND_BACKLOG_STEADY ? 2 : 1);
    if (commands.length > 0) {
      this.#silentTicks = 0;
      return commands;
    }
    this.#silentTicks++;
    return this.#silentTicks > SILENCE_TICKS ? [{ moveX: 0, moveY: 0, aim, buttons: 0 }] : [];
  }
}
