/** How many of a player's queued commands a tick takes: one; two to make up for a late one; none in a gap. */
import {
  COMMAND_ARREARS_MAX,
  COMMAND_BACKLOG_STEADY,
  COMMAND_DRAIN_TICKS,
  SILENCE_TICKS,
  TICKS_PER_SEC,
} from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";

/** The part of Colyseus' input accessor that the meter reads. */
export interface CommandQueue {
  readonly size: number;
  /** The server time, ms, that the player's screen showed when it gave the last command taken; 0 when unknown. */
  readonly renderTime: number;
  next(): Command | undefined;
}

/** One player's meter. A command moves a drone for one tick, so over time it passes about one command per tick. */
export class CommandMeter {
  #silentTicks = 0;
  /** Ticks without a command that a second command in a later tick may make up for. */
  #arrears = 0;
  #ticksSinceGap = 0;
  #ticksSinceDrain = 0;

  /**
   * Called once a tick; returns its 0 to 2 commands. A tick without a command leaves the drone where it is, because its
   * client did not predict that tick either. After SILENCE_TICKS neutral commands move it on, and the client is corrected
   * when it returns. `aim` is the drone's present aim, radians.
   */
  take(queue: CommandQueue, aim: number): readonly Command[] {
    this.#ticksSinceDrain++;
    const command = nextStamped(queue);
    if (!command) return this.#gap(aim);
    this.#silentTicks = 0;
    // A late command arrives with those behind it. Arrears kept longer would be a reserve of speed.
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

/** Stamps each command as it is taken: the queue knows the time of the last one only. */
function nextStamped(queue: CommandQueue): Command | undefined {
  const command = queue.next();
  return command && Object.assign(command, { seenAtMs: queue.renderTime });
}
