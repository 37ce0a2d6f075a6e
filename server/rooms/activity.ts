/** Tells players from those who only hold a place: the room asks a player who does not change the controls; then they are idle. */
import type { Command } from "#shared/schema/input.ts";

/** A player who has not changed the controls for this long is asked whether they are still there… */
export const IDLE_ASKED_MS = 60_000;
/** …and is idle after this much longer. */
export const IDLE_ANSWER_MS = 20_000;

type Controls = Pick<Command, "moveX" | "moveY" | "buttons" | "aim">;

interface Player {
  /** When the player last changed the controls or sent a message. */
  activeAtMs: number;
  /** When the room asked; undefined while it need not. */
  askedAtMs: number | undefined;
  readonly held: { -readonly [Control in keyof Controls]: number };
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
    const held = { moveX: 0, moveY: 0, buttons: 0, aim: 0 };
    this.#players.set(id, { activeAtMs: this.#nowMs(), askedAtMs: undefined, held });
  }

  forget(id: string): void {
    this.#players.delete(id);
  }

  /** The player sent a message. Spectators have no controls and are never idle. */
  noteMessage(id: string): void {
    const player = this.#players.get(id);
    if (!player) return;
    if (player.askedAtMs !== undefined) this.#answered.push(id);
    player.activeAtMs = this.#nowMs();
    player.askedAtMs = undefined;
  }

  /** A page sends a command in every tick; only one that differs from the one before is activity. */
  noteCommands(id: string, commands: readonly Command[]): void {
    const player = this.#players.get(id);
    if (!player) return;
    const { held } = player;
    for (const command of commands) {
      if (isDifferent(held, command)) this.noteMessage(id);
      // Copied, because the command is valid for this tick only.
      held.moveX = command.moveX;
      held.moveY = command.moveY;
      held.buttons = command.buttons;
      held.aim = command.aim;
    }
  }

  /** Call throughout a pause, in which nobody can play: the players' time begins anew after it. */
  restart(): void {
    for (const id of this.#players.keys()) this.noteMessage(id);
  }

  /** How long an asked player has to answer, ms, at most 0 for an idle one; undefined for one who was not asked. */
  answerMs(id: string): number | undefined {
    const askedAtMs = this.#players.get(id)?.askedAtMs;
    return askedAtMs === undefined ? undefined : askedAtMs + IDLE_ANSWER_MS - this.#nowMs();
  }

  /** Nobody is idle who was not asked. */
  isIdle(id: string): boolean {
    return (this.answerMs(id) ?? 1) <= 0;
  }

  /** Whether any of these players, who are connected, plays. */
  isAnyActive(connected: Iterable<string>): boolean {
    for (const id of connected) if (!this.isIdle(id)) return true;
    return false;
  }

  /**
   * The players to ask now, each once until they are active again, and only if they hear it; those who were asked, and
   * answered; and those who are idle.
   */
  due(isConnected: (id: string) => boolean): { asked: string[]; answered: string[]; idle: string[] } {
    const answered = this.#answered;
    this.#answered = [];
    const nowMs = this.#nowMs();
    const asked: string[] = [];
    const idle: string[] = [];
    this.#players.forEach((player, id) => {
      if (player.askedAtMs !== undefined) {
        if (nowMs >= player.askedAtMs + IDLE_ANSWER_MS) idle.push(id);
      } else if (nowMs - player.activeAtMs >= IDLE_ASKED_MS && isConnected(id)) {
        player.askedAtMs = nowMs;
        asked.push(id);
      }
    });
    return { asked, answered, idle };
  }
}

/** A resting mouse aims elsewhere when the drone is pushed or destroyed: the aim counts while a button is held. */
const isDifferent = (a: Controls, b: Controls): boolean =>
  a.moveX !== b.moveX ||
  a.moveY !== b.moveY ||
  a.buttons !== b.buttons ||
  (b.buttons !== 0 && a.aim !== b.aim);
