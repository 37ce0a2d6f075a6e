/** Opens the rooms of a process that died again, in other processes, from their last snapshots. */
import { setTimeout as after } from "node:timers/promises";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { Reopen } from "#server/admission/rooms.ts";
import { log } from "#server/log.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { Death } from "./processPool.ts";

/** A question about a room that is being opened again waits this long. */
const WAIT_MS = 5_000;
/** A room's players give up after this time, and so does the server. */
const GIVE_UP_MS = 30_000;
const RETRY_MS = 100;
/** A room that was in this many deaths within BLAMED_MS is not opened again: it may be what kills the processes. */
const DEATHS_MAX = 2;
const BLAMED_MS = 60_000;
/** Rooms that are opened at the same time, so that the processes go on with their own. */
const LANES = 8;

/** Since this process started. */
export const revivals = { opened: 0, lost: 0 };

export class Revival {
  readonly #reopen: Reopen;
  /** Code → a promise that resolves when the room is open again or given up. */
  readonly #opening = new Map<string, Promise<void>>();
  /** Code → performance.now() of each death that the room may have caused. */
  readonly #deaths = new Map<string, number[]>();

  constructor(reopen: Reopen) {
    this.#reopen = reopen;
  }

  /** Undefined if the room is not being opened again; otherwise resolves when that is over, or takes too long. */
  settled(code: string): Promise<void> | undefined {
    const opening = this.#opening.get(code);
    return opening && Promise.race([opening, after(WAIT_MS)]);
  }

  /** Resolves when every room is open or given up. Never rejects. */
  async open({ snapshots, blamesRooms }: Death): Promise<void> {
    const queue = snapshots.filter(({ code }) => !blamesRooms || this.#isInnocent(code));
    const conclusions = new Map<string, () => void>();
    for (const { code } of queue) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#opening.set(code, promise);
      conclusions.set(code, resolve);
    }
    const lane = async () => {
      for (let snapshot = queue.shift(); snapshot; snapshot = queue.shift()) {
        await this.#openOne(snapshot);
        this.#opening.delete(snapshot.code);
        conclusions.get(snapshot.code)?.();
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  async #openOne(snapshot: RoomSnapshot): Promise<void> {
    const { code } = snapshot;
    const givenUpAtMs = performance.now() + GIVE_UP_MS;
    while (performance.now() < givenUpAtMs) {
      const answer = await this.#reopen(snapshot);
      if (answer.ok) {
        revivals.opened++;
        log.info({ room: code }, "the room is open again");
        return;
      }
      if (answer.status !== REFUSAL.restarting) {
        revivals.lost++;
        log.error({ room: code, reason: answer.message }, "the room could not be opened again");
        return;
      }
      await after(RETRY_MS);
    }
    revivals.lost++;
    log.error({ room: code }, "no process took the room: it is not opened again");
  }

  #isInnocent(code: string): boolean {
    const nowMs = performance.now();
    for (const [known, deaths] of this.#deaths)
      if (deaths.every((atMs) => nowMs - atMs > BLAMED_MS)) this.#deaths.delete(known);
    const deaths = (this.#deaths.get(code) ?? []).filter((atMs) => nowMs - atMs <= BLAMED_MS);
    this.#deaths.set(code, [...deaths, nowMs]);
    if (deaths.length + 1 < DEATHS_MAX) return true;
    revivals.lost++;
    log.error({ room: code }, "the room's process failed twice within a minute: it is not opened again");
    return false;
  }
}
