/** One bot of the load: joins a room, plays, drops and reconnects, and counts all of it. */
import { Client } from "@colyseus/sdk";
import type { WebSocket } from "ws";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { SEAT_KEPT_SEC } from "#shared/config.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { type Driver, SPECTATOR } from "./driver.ts";
import type { ArenaOf } from "./maps.ts";
import type { Agreed, BotSpec, Request, ThreadSetup } from "./orders.ts";
import { createPilot } from "./pilot.ts";
import { count, type Tally } from "./tally.ts";
import { createWanderer } from "./wanderer.ts";
import { type Wire, watchWire } from "./wire.ts";

/** What all bots of a thread share. */
export interface Ground {
  readonly setup: ThreadSetup;
  readonly tally: Tally;
  readonly arenaOf: ArenaOf;
  report(news: "gone" | "dropped" | "back", bot: number): void;
}

const ANSWER_MS = 5_000;
/** A room's answer to a request (shared/protocol/answer.ts). */
type Answer = { ok: boolean; reason?: string };
/** The golden ratio in 32 bits: spreads consecutive bot numbers over all seeds. */
const SEED_STEP = 0x9e3779b1;
/** The longest delay between two attempts, as on the page. */
const RECONNECT_MS = 300;

export class Bot {
  readonly number: number;
  readonly roomId: string;
  readonly spectates: boolean;
  readonly #room: ArenaLink;
  readonly #ground: Ground;
  readonly #wire: Wire;
  readonly #driver: Driver;
  #isConnected = true;
  #isLeaving = false;
  /** The drop under way is our own, so its close code is not counted. */
  #isDropping = false;
  #framedAtMs = -1;
  #closeCode: number | undefined;

  /** Joins a room and waits for the first state. Rejects if the server refuses or closes the connection. */
  static async enter(spec: BotSpec, ground: Ground): Promise<Bot> {
    const askedAtMs = performance.now();
    const room = await requestSeat(spec, ground.setup);
    room.onMessage("*", () => {});
    const wire = watchWire(room, ground.tally, !spec.light);
    await untilEndOf(room, wire.firstState);
    ground.tally.time("join", performance.now() - askedAtMs);
    return new Bot(spec, room, wire, ground);
  }

  private constructor(spec: BotSpec, room: ArenaLink, wire: Wire, ground: Ground) {
    this.number = spec.number;
    this.roomId = room.roomId;
    this.spectates = spec.spectates;
    this.#room = room;
    this.#wire = wire;
    this.#ground = ground;
    this.#driver = spec.spectates ? SPECTATOR : this.#createDriver(spec);
    this.#watchConnection();
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Whether the match waits for its host. */
  get isHeld(): boolean {
    return this.#room.state.held;
  }

  frame(nowMs: number): void {
    if (!this.#isConnected || !this.#room.connection.isOpen) return;
    if (this.#framedAtMs >= 0 && !this.spectates) {
      this.#ground.tally.counts.playedMs += nowMs - this.#framedAtMs;
    }
    this.#framedAtMs = nowMs;
    this.#driver.frame(nowMs);
  }

  /** Ends the connection as a network failure does: without a close frame. */
  drop(): void {
    this.#isDropping = true;
    (this.#room.connection.transport as unknown as { ws: WebSocket }).ws.terminate();
  }

  async leave(): Promise<void> {
    this.#isLeaving = true;
    this.#room.reconnection.enabled = false;
    const { connection } = this.#room;
    if (connection.isOpen) await this.#room.leave();
    this.#end();
  }

  async ask({ type, message }: Request): Promise<Agreed> {
    const askedAtMs = performance.now();
    try {
      const options = { timeout: ANSWER_MS };
      const { ok, reason } = await this.#room.request<object, Answer>(type, message, options);
      this.#ground.tally.time("answer", performance.now() - askedAtMs);
      return ok ? { agreed: true } : { agreed: false, why: reason ?? "no reason given" };
    } catch (error) {
      const closed = this.#closeCode === undefined ? "" : ` (code ${this.#closeCode})`;
      return { agreed: false, why: `${(error as Error).message}${closed}` };
    }
  }

  #createDriver({ light, number }: BotSpec): Driver {
    const { tally, arenaOf, setup } = this.#ground;
    const random = seededRandom(setup.seed + number * SEED_STEP);
    const onSent = (seq: number) => this.#wire.sent(seq);
    if (light) return createWanderer(this.#room, random, onSent);
    return createPilot({ room: this.#room, tally, random, skill: setup.skill, arenaOf, onSent });
  }

  #watchConnection(): void {
    const room = this.#room;
    const { tally, report } = this.#ground;
    const maxRetries = (SEAT_KEPT_SEC * 1000) / RECONNECT_MS;
    Object.assign(room.reconnection, { minUptime: 0, maxDelay: RECONNECT_MS, maxRetries });
    let droppedAtMs = 0;
    room.onDrop((code) => {
      // The SDK also emits this for every attempt that fails.
      if (!this.#isConnected) return;
      this.#isConnected = false;
      droppedAtMs = performance.now();
      if (!this.#isDropping) count(tally.closes, String(code));
      this.#isDropping = false;
      report("dropped", this.number);
    });
    room.onReconnect(() => {
      this.#isConnected = true;
      this.#framedAtMs = -1;
      this.#wire.restart();
      this.#driver.restart();
      tally.time("return", performance.now() - droppedAtMs);
      report("back", this.number);
    });
    room.onError((code, message) => count(tally.errors, `${code} ${message ?? ""}`.trim()));
    room.onLeave((code) => {
      this.#closeCode = code;
      if (!this.#isLeaving) count(tally.closes, String(code));
      this.#end();
      report("gone", this.number);
    });
  }

  #end(): void {
    if (this.#isConnected) this.#driver.dispose();
    this.#isConnected = false;
  }
}

function requestSeat(
  { number, way, spectates }: BotSpec,
  { endpoint, token }: ThreadSetup,
): Promise<ArenaLink> {
  const client = new Client(endpoint);
  if (token) client.auth.token = token;
  const options = { name: `Bot ${number}`, protocol: PROTOCOL_VERSION, ...(spectates && { spectate: true }) };
  switch (way.kind) {
    case "own":
      return client.create<ArenaState>(ROOM.arena, {
        ...options,
        private: true,
        settings: { players: way.players, bots: 0 },
      });
    case "room":
      return client.joinById<ArenaState>(way.roomId, options);
    case "quick":
      return client.joinOrCreate<ArenaState>(ROOM.arena, options);
  }
}

/** Rejects if the connection ends before the promise is settled. */
async function untilEndOf(room: ArenaLink, promise: Promise<void>): Promise<void> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (code: number) => reject(new Error(`the server closed the connection with code ${code}`));
  room.onLeave(end);
  room.onDrop(end);
  try {
    await Promise.race([promise, ended]);
  } finally {
    // Not `once`: the SDK skips a listener if another one is removed while it emits.
    room.onLeave.remove(end);
    room.onDrop.remove(end);
  }
}
