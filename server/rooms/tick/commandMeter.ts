/** How many of a player's queued commands a tick takes: one; two to make up for a late one; none in a gap. */
import {
  COMMAND_ARREARS_MAX,
  COMMAND_BACKLOG_STEADY,
  COMMAND_DRAIN_TICKS,
  SILENCE_TICKS,
  TICKS_PER_SEC,
} from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";

/** What the meter needs of a queue: a room's are CommandInbox. */
export interface CommandQueue {
  readonly size: number;
  next(): Command | undefined;
}

const NONE: readonly Command[] = [];
const AT_REST: Command = { moveX: 0, moveY: 0, aim: 0, buttons: 0 };

/** One player's meter. A command moves a drone for one tick, so over time it passes about one command per tick. */
export class CommandMeter {
  #silentTicks = 0;
  /** Ticks without a command that a second command in a later tick may make up for. */
  #arrears = 0;
  #ticksSinceGap = 0;
  #ticksSinceDrain = 0;
  /** What `take` returns, used again and again: two arrays, because one whose length changes is allocated anew. */
  readonly #one: [Command] = [AT_REST];
  readonly #two: [Command, Command] = [AT_REST, AT_REST];
  readonly #neutral: Command & { aim: number } = { ...AT_REST };

  /**
   * Called once a tick; returns its 0 to 2 commands, which are valid until the tick ends. A tick without a command leaves
   * the drone where it is, because its client did not predict that tick either. After SILENCE_TICKS neutral commands move
   * it on, and the client is corrected when it returns. `aim` is the drone's present aim, radians.
   */
  take(queue: CommandQueue, aim: number): readonly Command[] {
    this.#ticksSinceDrain++;
    const command = queue.next();
    if (!command) return this.#gap(aim);
    this.#silentTicks = 0;
    // A late command arrives with those behind it. Arrears kept longer would be a reserve of speed.
    if (++this.#ticksSinceGap > TICKS_PER_SEC) this.#arrears = 0;
    const another = this.#mayTakeAnother(queue) ? queue.next() : undefined;
    if (!another) return this.#only(command);
    this.#two[0] = command;
    this.#two[1] = another;
    return this.#two;
  }

  #only(command: Command): readonly Command[] {
    this.#one[0] = command;
    return this.#one;
  }

  #gap(aim: number): readonly Command[] {
    this.#silentTicks++;
    this.#ticksSinceGap = 0;
    if (this.#silentTicks > SILENCE_TICKS) {
      this.#neutral.aim = aim;
      return this.#only(this.#neutral);
    }
    this.#arrears = Math.min(this.#arrears + 1, COMMAND_ARREARS_MAX);
    return NONE;
  }

  #mayTakeAnother(queue: CommandQueue): boolean {
    if (queue.size === 0) return false;
    if (this.#arrears > 0) {
      this.#arrears--;
      return true;
    }
    if (queue.size <= COMMAND_BACKLOG_STEADY || this.#ticksSinceDrain < COMMAND_DRAIN_TICKS) return false;
    this.#ticksSinceDrain = 0;
    return true;
  }
}
