/** A player with the stock SDK, who reconnects as the page does, and notes what became of the seat. */
import "#loadtest/load/bots/nodeSockets.ts";
import { Client, type Room } from "@colyseus/sdk";
import { createWanderer } from "#loadtest/load/bots/wanderer.ts";
import { SEAT_KEPT_SEC } from "#shared/config.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { type ArenaState, RANK } from "#shared/schema/state.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";

/** How a player gets a seat. */
export type Way =
  | { readonly kind: "host"; readonly places: number }
  | { readonly kind: "guest"; readonly code: string }
  | { readonly kind: "public" };

/** The longest delay between two attempts, as on the page. */
const RECONNECT_MS = 300;
/** Pause between two attempts to join anew. */
const REJOIN_MS = 500;

/** A connection that ended against the player's will. */
export interface Interruption {
  /** performance.now() of the last patch before, and of the first one after; undefined until there is one. */
  readonly lastPatchMs: number;
  backMs: number | undefined;
  /** The close code. */
  readonly code: number;
  /** The seat was gone: the player had to join anew. */
  seatLost: boolean;
}

export class Player {
  readonly name: string;
  readonly way: Way;
  readonly interruptions: Interruption[] = [];
  readonly #client: Client;
  readonly #random: Random;
  #room: Room<ArenaState>;
  #driver: ReturnType<typeof createWanderer>;
  /** The player's first state, to compare with. */
  #first: { readonly code: string; readonly seat: string; readonly name: string };
  #lastPatchMs = performance.now();
  #isIn = true;
  #isLeaving = false;

  /** Resolves with the first state. Rejects if the server refuses. */
  static async enter(origin: string, name: string, way: Way, seed: number): Promise<Player> {
    const client = new Client(origin);
    const room = await seatFor(client, name, way);
    const player = new Player(client, room, { name, way, seed });
    await player.#firstState();
    return player;
  }

  private constructor(
    client: Client,
    room: Room<ArenaState>,
    { name, way, seed }: { name: string; way: Way; seed: number },
  ) {
    this.name = name;
    this.way = way;
    this.#client = client;
    this.#random = seededRandom(seed);
    this.#room = room;
    this.#driver = createWanderer(room, this.#random, () => {});
    this.#first = { code: room.roomId, seat: room.sessionId, name: "" };
    this.#watch(room);
  }

  get code(): string {
    return this.#room.roomId;
  }

  /** performance.now() of the last patch. */
  get lastPatchMs(): number {
    return this.#lastPatchMs;
  }

  /** Whether the player is connected and has got a patch since. */
  get isIn(): boolean {
    return this.#isIn;
  }

  /** Call it about 60 times a second. */
  frame(nowMs: number): void {
    if (this.#isIn && this.#room.connection.isOpen) this.#driver.frame(nowMs);
  }

  /** Asks the host's room to start its match. */
  async start(): Promise<void> {
    await this.#room.request("host", { do: "start" });
  }

  /** Differences from the first state; empty for a player who kept everything. */
  changes(): string[] {
    const { roomId, sessionId, state } = this.#room;
    const seat = state.roster.get(sessionId);
    const isHost = seat?.rank === RANK.host;
    const { code, seat: firstSeat, name } = this.#first;
    return [
      roomId === code ? "" : `another room: ${code}, then ${roomId}`,
      sessionId === firstSeat ? "" : "another seat",
      seat?.name === name ? "" : `another name: ${name}, then ${seat?.name}`,
      isHost === (this.way.kind === "host") ? "" : isHost ? "became host" : "is no longer host",
    ].filter(Boolean);
  }

  /** Makes the present state the one that changes() compares with. */
  settle(): void {
    const { roomId, sessionId, state } = this.#room;
    this.#first = { code: roomId, seat: sessionId, name: state.roster.get(sessionId)?.name ?? "" };
  }

  async leave(): Promise<void> {
    this.#isLeaving = true;
    this.#room.reconnection.enabled = false;
    if (this.#room.connection.isOpen) await this.#room.leave();
  }

  #watch(room: Room<ArenaState>): void {
    const maxRetries = (SEAT_KEPT_SEC * 1000) / RECONNECT_MS;
    Object.assign(room.reconnection, { minUptime: 0, maxDelay: RECONNECT_MS, maxRetries });
    room.onMessage("*", () => {});
    room.onError(() => {});
    room.onStateChange(() => this.#patched(room));
    room.onDrop((code) => this.#interrupted(room, code));
    room.onReconnect(() => this.#driver.restart());
    room.onLeave((code) => void this.#ended(room, code));
  }

  #patched(room: Room<ArenaState>): void {
    if (room !== this.#room || !room.state.roster.has(room.sessionId)) return;
    this.#lastPatchMs = performance.now();
    if (this.#isIn) return;
    this.#isIn = true;
    const last = this.interruptions.at(-1);
    if (last) last.backMs = this.#lastPatchMs;
  }

  /** The SDK also emits a drop for every attempt that fails. */
  #interrupted(room: Room<ArenaState>, code: number): void {
    if (room !== this.#room || !this.#isIn || this.#isLeaving) return;
    this.#isIn = false;
    this.interruptions.push({ lastPatchMs: this.#lastPatchMs, backMs: undefined, code, seatLost: false });
  }

  /** The SDK has given up: the player joins anew, as the page does, into the same hosted room or any public one. */
  async #ended(room: Room<ArenaState>, code: number): Promise<void> {
    if (room !== this.#room || this.#isLeaving) return;
    this.#interrupted(room, code);
    const last = this.interruptions.at(-1);
    if (last) last.seatLost = true;
    const { code: roomCode } = this.#first;
    const way: Way = this.way.kind === "public" ? this.way : { kind: "guest", code: roomCode };
    while (!this.#isLeaving) {
      try {
        this.#room = await seatFor(this.#client, this.name, way);
        this.#driver = createWanderer(this.#room, this.#random, () => {});
        this.#watch(this.#room);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, REJOIN_MS));
      }
    }
  }

  #firstState(): Promise<void> {
    const room = this.#room;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!room.state.roster.has(room.sessionId)) return;
        room.onStateChange.remove(look);
        this.settle();
        resolve();
      };
      room.onStateChange(look);
      room.onLeave((code) => reject(new Error(`closed with code ${code} before the first state`)));
    });
  }
}

function seatFor(client: Client, name: string, way: Way): Promise<Room<ArenaState>> {
  const options = { name, protocol: PROTOCOL_VERSION };
  switch (way.kind) {
    case "host":
      return client.create<ArenaState>(ROOM.arena, {
        ...options,
        private: true,
        settings: { players: way.places, bots: 0 },
      });
    case "guest":
      return client.joinById<ArenaState>(way.code, options);
    case "public":
      return client.joinOrCreate<ArenaState>(ROOM.arena, options);
  }
}
