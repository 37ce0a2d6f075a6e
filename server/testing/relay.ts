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

export async function openRelay(target: TestServer): Promise<Relay> {
  let bytesPerSec = Number.POSITIVE_INFINITY;
  let budget = 0;
  const upstreams = new Set<Socket>();
  const downstreams = new Set<Socket>();

  const listener = createServer((client) => {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    const onread = {
      buffer,
      callback: (size: number) => {
        client.write(Buffer.from(buffer.subarray(0, size)));
        budget -= size;
        return mayRead();
      },
    };
    const upstream = connect({ port: target.port, host: "127.0.0.1", onread });
    upstreams.add(upstream);
    downstreams.add(client);
    client.on("data", (chunk) => upstream.write(chunk));
    for (const [side, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      side.setNoDelay(true);
      side.on("error", () => {});
      side.on("close", () => other.destroy());
    }
  });
  const mayRead = () => bytesPerSec === Number.POSITIVE_INFINITY || budget > 0;
  const refillMs = 50;
  const refill = setInterval(() => {
    if (bytesPerSec < Number.POSITIVE_INFINITY)
      budget = Math.min(budget + (bytesPerSec * refillMs) / 1000, 1000);
    if (mayRead()) for (const upstream of upstreams) upstream.resume();
  }, refillMs);

  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  if (typeof address !== "object" || !address) throw new Error("the relay has no port");
  return {
    server: { ...target, port: address.port, url: `http://127.0.0.1:${address.port}` },
    read(newBytesPerSec) {
      bytesPerSec = newBytesPerSec;
      budget = 0;
    },
    close() {
      clearInterval(refill);
      listener.close();
      for (const socket of [...upstreams, ...downstreams]) socket.destroy();
    },
  };
}
