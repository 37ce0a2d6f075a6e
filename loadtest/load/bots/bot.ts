/** One client of the load: gets into a room, plays there, drops out and comes back, and is counted all along. */
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

/** What a bot's thread has for all of its bots. */
export interface Ground {
  readonly setup: ThreadSetup;
  readonly tally: Tally;
  readonly arenaOf: ArenaOf;
  tell(news: "gone" | "dropped" | "back", bot: number): void;
}

const ANSWERS_WITHIN_MS = 5_000;
/** As hosted rooms give it (protocol/answer.ts). */
type Answer = { ok: boolean; reason?: string };
/** What they tell of themselves; rooms that know no hosts tell nothing. */
type Hosted = { held?: boolean };
type Watching = { spectating?: boolean };
/** Two bots of one run have nothing in common. */
const SEED_STEP = 0x9e3779b1;
/** As the page tries it. */
const RECONNECT_MS = 300;

export class Bot {
  readonly number: number;
  readonly roomId: string;
  /** Whether the server took it for a spectator. */
  readonly spectates: boolean;
  readonly #room: ArenaLink;
  readonly #ground: Ground;
  readonly #wire: Wire;
  readonly #driver: Driver;
  #connected = true;
  #leaving = false;
  /** By our own wish. */
  #dropping = false;
  #framedAt = -1;
  #closedWith: number | undefined;

  /** Joins, and waits for the first state. Rejects with the reason why not. */
  static async enter(spec: BotSpec, ground: Ground): Promise<Bot> {
    const askedAt = performance.now();
    const room = await askForSeat(spec, ground.setup);
    room.onMessage("*", () => {});
    const wire = watchWire(room, ground.tally, !spec.light);
    await untilEndOf(room, wire.firstState);
    ground.tally.time("join", performance.now() - askedAt);
    return new Bot(spec, room, wire, ground);
  }

  private constructor(spec: BotSpec, room: ArenaLink, wire: Wire, ground: Ground) {
    this.number = spec.number;
    this.roomId = room.roomId;
    this.spectates = spec.spectates && isSpectator(room);
    this.#room = room;
    this.#wire = wire;
    this.#ground = ground;
    this.#driver = this.spectates ? SPECTATOR : this.#takeTheWheel(spec);
    this.#followConnection();
  }

  get connected(): boolean {
    return this.#connected;
  }

  frame(nowMs: number): void {
    if (!this.#connected || !this.#room.connection.isOpen) return;
    if (this.#framedAt >= 0 && !this.spectates) {
      this.#ground.tally.counts.playedMs += nowMs - this.#framedAt;
    }
    this.#framedAt = nowMs;
    this.#driver.frame(nowMs);
  }

  /** As a network ends: nobody says goodbye. */
  drop(): void {
    this.#dropping = true;
    (this.#room.connection.transport as unknown as { ws: WebSocket }).ws.terminate();
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    this.#room.reconnection.enabled = false;
    const { connection } = this.#room;
    if (connection.isOpen) await this.#room.leave();
    this.#end();
  }

  /** The match waits for its host. */
  get held(): boolean {
    return (this.#room.state as Hosted).held === true;
  }

  async ask({ type, message }: Request): Promise<Agreed> {
    const askedAt = performance.now();
    try {
      const options = { timeout: ANSWERS_WITHIN_MS };
      const { ok, reason } = await this.#room.request<object, Answer>(type, message, options);
      this.#ground.tally.time("answer", performance.now() - askedAt);
      return ok ? { agreed: true } : { agreed: false, why: reason ?? "for no reason" };
    } catch (error) {
      const closed = this.#closedWith === undefined ? "" : ` (code ${this.#closedWith})`;
      return { agreed: false, why: `${(error as Error).message}${closed}` };
    }
  }

  #takeTheWheel({ light, number }: BotSpec): Driver {
    const { tally, arenaOf, setup } = this.#ground;
    const random = seededRandom(setup.seed + number * SEED_STEP);
    const onSent = (seq: number) => this.#wire.sent(seq);
    if (light) return createWanderer(this.#room, random, onSent);
    return createPilot({ room: this.#room, tally, random, skill: setup.skill, arenaOf, onSent });
  }

  #followConnection(): void {
    const room = this.#room;
    const { tally, tell } = this.#ground;
    const maxRetries = (SEAT_KEPT_SEC * 1000) / RECONNECT_MS;
    Object.assign(room.reconnection, { minUptime: 0, maxDelay: RECONNECT_MS, maxRetries });
    let droppedAt = 0;
    room.onDrop((code) => {
      // The SDK tells of every try that fails as well.
      if (!this.#connected) return;
      this.#connected = false;
      droppedAt = performance.now();
      if (!this.#dropping) count(tally.closes, String(code));
      this.#dropping = false;
      tell("dropped", this.number);
    });
    room.onReconnect(() => {
      this.#connected = true;
      this.#framedAt = -1;
      this.#wire.restart();
      this.#driver.restart();
      tally.time("return", performance.now() - droppedAt);
      tell("back", this.number);
    });
    room.onError((code, message) => count(tally.errors, `${code} ${message ?? ""}`.trim()));
    room.onLeave((code) => {
      this.#closedWith = code;
      if (!this.#leaving) count(tally.closes, String(code));
      this.#end();
      tell("gone", this.number);
    });
  }

  #end(): void {
    if (this.#connected) this.#driver.dispose();
    this.#connected = false;
  }
}

function askForSeat(
  { number, way, spectates }: BotSpec,
  { endpoint, token }: ThreadSetup,
): Promise<ArenaLink> {
  const client = new Client(endpoint);
  if (token) client.auth.token = token;
  const options = { name: `Bot ${number}`, protocol: PROTOCOL_VERSION, ...(spectates && { spectate: true }) };
  if (way.kind === "own")
    return client.create<ArenaState>(ROOM.arena, {
      ...options,
      private: true,
      settings: { players: way.players, bots: 0 },
    });
  if (way.kind === "room") return client.joinById<ArenaState>(way.roomId, options);
  return client.joinOrCreate<ArenaState>(ROOM.arena, options);
}

/** Servers that know no spectators give them a drone. */
const isSpectator = ({ state, sessionId }: ArenaLink): boolean =>
  (state.roster.get(sessionId) as Watching | undefined)?.spectating === true;

/** Rejects when the connection ends before. */
async function untilEndOf(room: ArenaLink, promise: Promise<void>): Promise<void> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (code: number) => reject(new Error(`the server closed the connection with code ${code}`));
  room.onLeave(end);
  room.onDrop(end);
  try {
    await Promise.race([promise, ended]);
  } finally {
    // Not `once`: who is taken off while all are told makes the SDK pass over the next.
    room.onLeave.remove(end);
    room.onDrop.remove(end);
  }
}
