/** A flood: connections of one network that repeat a request or a frame at a bounded rate, and open again when ended. */
import { setTimeout as wait } from "node:timers/promises";
import { Protocol } from "@colyseus/sdk";
import { encodeFrame, OPCODE } from "#loadtest/fuzz/plan/framing.ts";
import type { Target } from "#loadtest/fuzz/plan/requestText.ts";
import { enter } from "#loadtest/fuzz/wire/enter.ts";
import { type Address, Link } from "#loadtest/fuzz/wire/link.ts";
import { from } from "#loadtest/fuzz/wire/sources.ts";
import { seededRandom } from "#shared/sim/random.ts";

export interface Flood {
  /** One request, or one frame of a player who joins for it. */
  readonly bytes: Uint8Array;
  readonly isFrame: boolean;
}

const CONNECTIONS = 16;
const BYTES_PER_SEC = 250_000;
const EVERY_MS = 50;
/** Unsent bytes of a connection that the server does not read: no more are written. */
const UNSENT_MAX_BYTES = 64 * 1024;

/** Floods until `signal` is aborted. Resolves when all its connections are closed, to the bytes that they wrote. */
export async function openFlood(
  address: Address,
  target: Target,
  flood: Flood,
  signal: AbortSignal,
): Promise<number> {
  const source = from(address, "strangers", 0);
  let bytes = 0;
  const connection = async () => {
    const budget = new Budget();
    while (!signal.aborted) {
      // A connection that is refused has written nothing, which the sum shows.
      bytes += await floodOnce(source, target, flood, budget, signal).catch(() => 0);
      await wait(EVERY_MS);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return bytes;
}

/** The bytes that one connection may send, and those after it in its place. */
class Budget {
  readonly #startedAt = performance.now();
  #spentBytes = 0;

  /** How many of this size are due. What is due counts as sent, also if it cannot be. */
  take(bytes: number): number {
    const dueBytes = ((performance.now() - this.#startedAt) / 1000) * (BYTES_PER_SEC / CONNECTIONS);
    const count = Math.max(0, Math.floor((dueBytes - this.#spentBytes) / bytes));
    this.#spentBytes += count * bytes;
    return count;
  }
}

/** Sends on one connection until the server ends it. Resolves to the bytes written. */
async function floodOnce(
  address: Address,
  target: Target,
  { bytes, isFrame }: Flood,
  budget: Budget,
  signal: AbortSignal,
): Promise<number> {
  const link = isFrame ? await joined(address, target) : await Link.open(address);
  if (!isFrame) link.ignoreAnswers();
  while (link.isOpen && !signal.aborted) {
    const count = budget.take(bytes.length);
    if (count > 0 && link.unsentBytes < UNSENT_MAX_BYTES) link.write(Buffer.concat(Array(count).fill(bytes)));
    await wait(EVERY_MS);
  }
  link.cut();
  return link.traffic.written;
}

async function joined(address: Address, target: Target): Promise<Link> {
  const entry = await enter(address, target, "anywhere");
  if (entry.kind === "refused") throw new Error(`${entry.status} ${entry.reason}`);
  const acknowledgement = Uint8Array.of(Protocol.JOIN_ROOM);
  entry.link.write(encodeFrame(seededRandom(1), acknowledgement, { opcode: OPCODE.binary }));
  return entry.link;
}
