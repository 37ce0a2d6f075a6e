/** How many of a player's waiting commands a tick takes: one; one more to make up for a late one; none in a gap. */
import {
  COMMAND_ARREARS_MAX,
  COMMAND_BACKLOG_STEADY,
  COMMAND_DRAIN_TICKS,
  SILENCE_TICKS,
  TICKS_PER_SEC,
} from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";

/** The part of Colyseus' input accessor that this reads. */
export interface CommandQueue {
  readonly size: number;
  /** Server clock, ms: what the command taken last says of when its player saw the world; 0 when it says nothing. */
  readonly renderTime: number;
  next(): Command | undefined;
}

/** One player's meter. A command is worth a tick of movement, so over time it passes about as many as ticks went by. */
export class CommandMeter {
  #silentTicks = 0;
  /** Ticks that went by without a command, and may be made up for. */
  #arrears = 0;
  #ticksSinceGap = 0;
  #ticksSinceDrain = 0;

  /**
   * A tick without a command leaves the drone where it is, for its client did not predict that tick either.
   * In a long silence neutral commands carry it on, and the client is corrected when it returns.
   */
  take(queue: CommandQueue, aim: number): readonly Command[] {
    this.#ticksSinceDrain++;
    const command = nextStamped(queue);
    if (!command) return this.#gap(aim);
    this.#silentTicks = 0;
    // What a late command can make up for comes with it; later it would only be speed in reserve.
    if (++this.#ticksSinceGap > TICKS_PER_SEC) this.#arrears = 0;
    const another = this.#mayTakeAnother(queue) ? nextStamped(queue) : undefined;
    return another ? [command, another] : [command];
  }

  #gap(aim: number): readonly Command[] {
    this.#silentTicks++;
    this.#ticksSinceGap = 0;
    if (this.#silentTicks > SILENCE_TICKS) return [{ moveX: 0, moveY: 0, aim, buttons: 0 }];
    this.#arrears = Math.min(this.#arrears + 1, COMMAND_ARREARS_MAX);
    return [];
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

/** The stamp must be read between two commands: the queue tells only the last one's. */
function nextStamped(queue: CommandQueue): Command | undefined {
  const command = queue.next();
  return command && Object.assign(command, { seenAtMs: queue.renderTime });
}
