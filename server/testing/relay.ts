/**
 * A TCP relay between clients and a server that reads from the server as slowly as a test wants. It forwards what clients
 * send at once.
 */
import { connect, createServer, type Socket } from "node:net";
import type { TestServer } from "./bootServer.ts";

export interface Relay {
  /** The relay's address, in the form that clients connect to. */
  readonly server: TestServer;
  /** Limits the rate; initially unlimited. 0 stops reading. */
  read(bytesPerSec: number): void;
  close(): void;
}

/** Small, so that unread bytes stay in the server's kernel. */
const CHUNK_BYTES = 64;

const REFILL_MS = 50;

export async function openRelay(target: TestServer): Promise<Relay> {
  const throttle = new Throttle();
  const listener = createServer((client) => connectUpstream(client, target, throttle));
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  if (typeof address !== "object" || !address) throw new Error("the relay has no port");
  return {
    server: { ...target, port: address.port, url: `http://127.0.0.1:${address.port}` },
    read: (bytesPerSec) => throttle.limit(bytesPerSec),
    close() {
      listener.close();
      throttle.close();
    },
  };
}

function connectUpstream(client: Socket, target: TestServer, throttle: Throttle): void {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  const onread = {
    buffer,
    callback: (size: number) => {
      client.write(Buffer.from(buffer.subarray(0, size)));
      return throttle.spend(size);
    },
  };
  const upstream = connect({ port: target.port, host: "127.0.0.1", onread });
  throttle.add(client, upstream);
  client.on("data", (chunk) => upstream.write(chunk));
  for (const [side, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    side.setNoDelay(true);
    side.on("error", () => {});
    side.on("close", () => other.destroy());
  }
}

/** Shares one read budget among all connections, and resumes their upstream sockets as it refills. */
class Throttle {
  readonly #upstreams = new Set<Socket>();
  readonly #clients = new Set<Socket>();
  readonly #refill = setInterval(() => this.#addBudget(), REFILL_MS);
  #bytesPerSec = Number.POSITIVE_INFINITY;
  #budgetBytes = 0;

  add(client: Socket, upstream: Socket): void {
    this.#clients.add(client);
    this.#upstreams.add(upstream);
  }

  limit(bytesPerSec: number): void {
    this.#bytesPerSec = bytesPerSec;
    this.#budgetBytes = 0;
  }

  /** Takes bytes off the budget; returns whether the socket may go on reading. */
  spend(bytes: number): boolean {
    this.#budgetBytes -= bytes;
    return this.#mayRead();
  }

  close(): void {
    clearInterval(this.#refill);
    for (const socket of [...this.#upstreams, ...this.#clients]) socket.destroy();
  }

  #mayRead(): boolean {
    return this.#bytesPerSec === Number.POSITIVE_INFINITY || this.#budgetBytes > 0;
  }

  #addBudget(): void {
    if (this.#bytesPerSec < Number.POSITIVE_INFINITY) {
      this.#budgetBytes = Math.min(this.#budgetBytes + (this.#bytesPerSec * REFILL_MS) / 1000, 1000);
    }
    if (this.#mayRead()) for (const upstream of this.#upstreams) upstream.resume();
  }
}
