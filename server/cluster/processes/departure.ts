/**
 * Gives the rooms of this process to another generation of the server: each at the end of its match or at the deadline, as
 * it is. Its players reconnect to it there, with the same seats.
 */
import { setTimeout as after } from "node:timers/promises";
import { matchMaker } from "@colyseus/core";
import { SEAT_RESERVED_SEC } from "#server/admission/reservations.ts";
import { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { Channel } from "./channel.ts";
import { monotonicMs } from "./monotonic.ts";

const LOOK_MS = 50;
/** Exceeds the time in which the front asks a process of the next generation, so that a refused move did not happen. */
export const MOVE_WITHIN_MS = 15_000;
/** A move must begin this soon: opening the room may take 10 s, and must be over before this process gives up. */
const BEGIN_WITHIN_MS = 3_000;
const RETRY_MS = 500;
/** Rooms that move at the same time: each costs the new processes some 10 ms. */
const LANES = 4;

export class Departure {
  readonly #channel: Channel;
  #dueAtMs = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  /** Codes of rooms that are moving, or wait after a failed move. */
  readonly #moving = new Set<string>();
  /** Codes of rooms that the next generation cannot open, and will not later: they play on here until the deadline. */
  readonly #unmovable = new Set<string>();

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** May be called again: the earliest deadline holds. */
  within(inMs: number): void {
    this.#dueAtMs = Math.min(this.#dueAtMs, performance.now() + inMs);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS);
  }

  async #look(): Promise<void> {
    const overdueMs = performance.now() - this.#dueAtMs;
    for (const { roomId } of await matchMaker.query({ name: ROOM.arena })) {
      const room = matchMaker.getLocalRoomById(roomId);
      if (!(room instanceof ArenaRoom) || this.#moving.size >= LANES || this.#moving.has(roomId)) continue;
      const isOverdue = overdueMs >= 0;
      const isDue = isOverdue || (room.moving.isBetweenMatches && !this.#unmovable.has(roomId));
      const isAwaiting = overdueMs < SEAT_RESERVED_SEC * 1000 && room.moving.awaitsSomebody;
      if (!isDue || isAwaiting) continue;
      if (this.#unmovable.has(roomId)) this.#end(room);
      else void this.#move(room);
    }
  }

  #end(room: ArenaRoom): void {
    this.#moving.add(room.roomId);
    const ending = room.disconnect(CLOSE.restarting).finally(() => this.#moving.delete(room.roomId));
    room.inTheBackground("disconnect", ending);
  }

  async #move(room: ArenaRoom): Promise<void> {
    const { roomId } = room;
    this.#moving.add(roomId);
    try {
      const snapshot = room.moving.freeze();
      const beginByMs = monotonicMs() + BEGIN_WITHIN_MS;
      const answer = await this.#channel.ask({ of: "move", snapshot, beginByMs }, MOVE_WITHIN_MS);
      if (answer.ok) {
        room.log.info("the room has moved");
        await room.disconnect(CLOSE.restarting);
        return;
      }
      room.log.warn({ reason: answer.message }, "the room could not move: it goes on here");
      room.moving.thaw();
      if (answer.status !== REFUSAL.restarting) this.#unmovable.add(roomId);
      await after(RETRY_MS);
    } catch (error) {
      room.log.error({ err: error }, "moving a room failed");
      room.moving.thaw();
      await after(RETRY_MS);
    } finally {
      this.#moving.delete(roomId);
    }
  }
}
