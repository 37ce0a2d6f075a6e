/** What tests hold of a TCP connection: one end of it, and what became of it. */
import { once } from "node:events";
import type { Socket } from "node:net";

export class Peer {
  readonly socket: Socket;
  received = 0;
  ended = false;
  closed = false;
  /** Resolves when it is closed, for whatever reason. */
  readonly gone: Promise<void>;
  errorCode: string | undefined;
  #chunks: Buffer[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => {
      this.received += chunk.length;
      this.#chunks.push(chunk);
    });
    socket.on("end", () => (this.ended = true));
    socket.on("error", (error: NodeJS.ErrnoException) => (this.errorCode = error.code));
    this.gone = new Promise((resolve) =>
      socket.on("close", () => {
        this.closed = true;
        resolve();
      }),
    );
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Resolves when so many bytes have come in all. */
  async until(bytes: number): Promise<void> {
    while (this.received < bytes) await once(this.socket, "data");
  }

  /** Milliseconds until the echo of a small message is back. */
  async roundTripMs(): Promise<number> {
    const expected = this.received + 4;
    const sentAtMs = performance.now();
    this.socket.write("ping");
    await this.until(expected);
    return performance.now() - sentAtMs;
  }
}
