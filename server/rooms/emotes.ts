/** Emotes and pings: who may show one, how often, and where. Who learns of it follows from the event (sync/canSee.ts). */
import { TokenBucket } from "#server/edge/tokenBucket.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { Answer, RefusedReason } from "#shared/protocol/answer.ts";
import { EMOTE_RATE, type EmoteMessage } from "#shared/protocol/messages.ts";
import type { Seat } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { isAlive } from "#shared/sim/world.ts";
import { isInView, playerAt } from "./sync/canSee.ts";

export interface EmoteParts {
  readonly world: ArenaWorld;
  /** How far the view of the player with this session ID leans from its drone. */
  leanOf(sessionId: string): Place;
  send(events: readonly SimEvent[]): void;
}

export class Emotes {
  readonly #parts: EmoteParts;
  readonly #rates = new WeakMap<Seat, TokenBucket>();

  constructor(parts: EmoteParts) {
    this.#parts = parts;
  }

  /** `nowMs` is monotonic. */
  show(id: string, message: EmoteMessage, nowMs: number): Answer {
    const { world, send } = this.#parts;
    const seat = world.state.roster.get(id);
    const drone = world.state.drones.get(id);
    if (!seat || !drone) return refused("nobody");
    if (seat.muted) return refused("muted");
    if (!isAlive(drone)) return refused("notNow");
    if ("ping" in message) {
      if (!isTeamed(world.rules)) return refused("noChoice");
      if (!this.#sees(id, message)) return refused("notNow");
    }
    const rate = this.#rateOf(seat, nowMs);
    if (!rate.take(nowMs)) return { ok: false, reason: "tooFast", waitMs: rate.waitMs };
    const { x, y } = drone;
    send([
      "ping" in message
        ? { type: "ping", ...message, drone: id }
        : { type: "emote", emote: message.emote, drone: id, x, y },
    ]);
    return { ok: true };
  }

  /** A ping tells the team what the player sees, and cannot litter the rest of the arena. */
  #sees(id: string, { x, y }: Place): boolean {
    const { world, leanOf } = this.#parts;
    const onlooker = playerAt(world, id, leanOf(id));
    return onlooker !== undefined && onlooker !== "everything" && isInView(onlooker.centre, x, y);
  }

  #rateOf(seat: Seat, nowMs: number): TokenBucket {
    const rate = this.#rates.get(seat) ?? new TokenBucket(EMOTE_RATE, nowMs);
    this.#rates.set(seat, rate);
    return rate;
  }
}

const refused = (reason: RefusedReason): Answer => ({ ok: false, reason });
