/** Who plays and who only holds a place: a player who does not change the controls is asked, and is then idle. */
import type { Command } from "#shared/schema/input.ts";

/** A player who has not changed the controls for this long is asked whether they are still there… */
export const IDLE_ASKED_MS = 60_000;
/** …and is idle after this much longer. */
export const IDLE_ANSWER_MS = 20_000;

/** Without the aim: a resting mouse aims elsewhere when the drone is pushed, destroyed or respawned. */
type Controls = Pick<Command, "moveX" | "moveY" | "buttons">;

const AT_REST: Controls = { moveX: 0, moveY: 0, buttons: 0 };

interface Player {
  /** When the player last changed the controls or sent a message. */
  activeAtMs: number;
  askedAtMs: number | undefined;
  held: Controls;
}

export class Activity {
  readonly #nowMs: () => number;
  readonly #players = new Map<string, Player>();
  /** Asked players who have become active since the last `due`. */
  #answered: string[] = [];

  /** `nowMs` is monotonic. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** A player enters the fight. Returning to a kept seat is no activity: a seat could be held by dropping alone. */
  entered(id: string): void {
    this.#players.set(id, { activeAtMs: this.#nowMs(), askedAtMs: undefined, held: AT_REST });
  }

  forget(id: string): void {
    this.#players.delete(id);
  }

  /** The player sent a message. Spectators have no controls and are never idle. */
  noteMessage(id: string): void {
    const player = this.#players.get(id);
    if (!player) return;
    if (player.askedAtMs !== undefined) this.#answered.push(id);
    Object.assign(player, { activeAtMs: this.#nowMs(), askedAtMs: undefined });
  }

  /** A page sends a command in every tick; only one that differs from the one before is activity. */
  noteCommands(id: string, commands: readonly Command[]): void {
    const player = this.#players.get(id);
    if (!player) return;
    for (const command of commands) {
      if (isDifferent(player.held, command)) this.noteMessage(id);
      player.held = command;
    }
  }

  isIdle(id: string): boolean {
    const player = this.#players.get(id);
    return player !== undefined && this.#nowMs() - player.activeAtMs >= IDLE_ASKED_MS + IDLE_ANSWER_MS;
  }

  /** Whether any of these players, who are connected, plays. */
  isAnyActive(connected: Iterable<string>): boolean {
    for (const id of connected) if (!this.isIdle(id)) return true;
    return false;
  }

  /**
   * The players to ask now, each once until they are active again; those who were, and answered; and those who had
   * IDLE_ANSWER_MS to answer.
   */
  due(): { asked: string[]; answered: string[]; idle: string[] } {
    const answered = this.#answered;
    this.#answered = [];
    const nowMs = this.#nowMs();
    const asked: string[] = [];
    const idle: string[] = [];
    for (const [id, player] of this.#players) {
      if (player.askedAtMs === undefined && nowMs - player.activeAtMs >= IDLE_ASKED_MS) {
        player.askedAtMs = nowMs;
        asked.push(id);
      } else if (nowMs - (player.askedAtMs ?? nowMs) >= IDLE_ANSWER_MS) idle.push(id);
    }
    return { asked, answered, idle };
  }
}

const isDifferent = (a: Controls, b: Controls): boolean =>
  a.moveX !== b.moveX || a.moveY !== b.moveY || a.buttons !== b.buttons;
