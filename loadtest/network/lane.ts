/** One way of one connection: delays what one socket sends, and writes it into the other when it is due. */
import type { Socket } from "node:net";
import type { Random } from "#shared/sim/random.ts";
import { type Conditions, drawDelay } from "./conditions.ts";
import { reset } from "./reset.ts";

/** With more than this waiting the sender is paused, as by a full line. */
const WAITING_MAX_BYTES = 1_000_000;
/** A line with limited bandwidth carries pieces of an Ethernet frame's size, so that large chunks arrive gradually. */
const PIECE_BYTES = 1448;

export interface WayCounts {
  /** Chunks and bytes read from the sender. */
  chunks: number;
  bytes: number;
  stalls: number;
  /** Bytes lost in a black hole. */
  swallowedBytes: number;
}

/** What all lanes of the same direction share. */
export interface Road {
  readonly conditions: Readonly<Conditions>;
  readonly counts: WayCounts;
  blackHole: boolean;
}

interface Waiting {
  /** On the performance.now() clock. */
  dueAtMs: number;
  cargo: Buffer | "end" | "reset";
}

export class Lane {
  /** The stream misses bytes, so it must not go on after the black hole. */
  hasSwallowed = false;
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #road: Road;
  readonly #chance: Random;
  #queue: Waiting[] = [];
  #queuedBytes = 0;
  #lastDueAtMs = 0;
  /** When the last piece has left a line with limited bandwidth. */
  #freeAtMs = 0;
  /** One timer for the head of the queue: with a timer per chunk, chunks due at the same time could swap. */
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(from: Socket, to: Socket, road: Road, chance: Random) {
    this.#from = from;
    this.#to = to;
    this.#road = road;
    this.#chance = chance;
    from.on("data", (chunk: Buffer) => this.#take(chunk));
    from.on("end", () => this.#wait("end"));
    // A reset is delayed like everything else, behind what was sent before it.
    from.on("close", (broken) => broken && this.#wait("reset"));
    to.on("drain", () => this.#pauseOrResume());
    to.on("close", () => this.stop());
  }

  /** Writes what is due, and sets the timer for the next. Call it when conditions change. */
  flow(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      const piece = this.#firstPiece(head);
      const arrivesAtMs = Math.max(head.dueAtMs, this.#freeAtMs) + this.#transmissionMs(piece);
      const leftMs = arrivesAtMs - performance.now();
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.flow(), Math.ceil(leftMs));
        break;
      }
      this.#freeAtMs = arrivesAtMs;
      this.#removePiece(head, piece);
      this.#deliver(piece);
    }
    this.#pauseOrResume();
  }

  /** Drops what waits and what may still arrive. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#from.resume();
  }

  #take(chunk: Buffer): void {
    if (this.#stopped) return;
    this.#road.counts.chunks++;
    this.#road.counts.bytes += chunk.length;
    this.#wait(chunk);
  }

  #wait(cargo: Waiting["cargo"]): void {
    if (this.#stopped) return;
    const { delayMs, stalled } = drawDelay(this.#road.conditions, this.#chance);
    if (stalled && typeof cargo !== "string") this.#road.counts.stalls++;
    // TCP keeps the order: everything behind a late chunk is late, too.
    this.#lastDueAtMs = Math.max(this.#lastDueAtMs, performance.now() + delayMs);
    this.#queue.push({ dueAtMs: this.#lastDueAtMs, cargo });
    this.#queuedBytes += sizeOf(cargo);
    if (this.#queue.length === 1) this.flow();
    else this.#pauseOrResume();
  }

  #firstPiece({ cargo }: Waiting): Waiting["cargo"] {
    const limited = this.#road.conditions.bytesPerSec > 0;
    return typeof cargo !== "string" && limited ? cargo.subarray(0, PIECE_BYTES) : cargo;
  }

  #removePiece(head: Waiting, piece: Waiting["cargo"]): void {
    this.#queuedBytes -= sizeOf(piece);
    if (typeof head.cargo !== "string" && head.cargo.length > piece.length) {
      head.cargo = head.cargo.subarray(piece.length);
    } else this.#queue.shift();
  }

  #transmissionMs(piece: Waiting["cargo"]): number {
    const { bytesPerSec } = this.#road.conditions;
    return bytesPerSec > 0 ? (sizeOf(piece) / bytesPerSec) * 1000 : 0;
  }

  /** A black hole is at the far end: it swallows what would arrive now, ends and resets included. */
  #deliver(cargo: Waiting["cargo"]): void {
    if (this.#road.blackHole) {
      this.hasSwallowed = true;
      this.#road.counts.swallowedBytes += sizeOf(cargo);
    } else if (cargo === "reset") reset(this.#to);
    else if (cargo === "end") this.#to.end();
    else if (this.#to.writable) this.#to.write(cargo);
  }

  #pauseOrResume(): void {
    const waitingBytes = this.#queuedBytes + this.#to.writableLength;
    if (waitingBytes > WAITING_MAX_BYTES) this.#from.pause();
    else if (waitingBytes < WAITING_MAX_BYTES / 2 && this.#from.isPaused()) this.#from.resume();
  }
}

const sizeOf = (cargo: Waiting["cargo"]): number => (typeof cargo === "string" ? 0 : cargo.length);
