/** One end of a TCP connection in a test, and what happened to it. */
import { once } from "node:events";
import type { Socket } from "node:net";

export class Peer {
  readonly socket: Socket;
  received = 0;
  isEnded = false;
  isClosed = false;
  /** Resolves when the socket is closed, for whatever reason. */
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
    socket.on("end", () => (this.isEnded = true));
    socket.on("error", (error: NodeJS.ErrnoException) => (this.errorCode = error.code));
    this.gone = new Promise((resolve) =>
      socket.on("close", () => {
        this.isClosed = true;
        resolve();
      }),
    );
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Resolves when at least this many bytes have been received in total. */
  async until(bytes: number): Promise<void> {
    while (this.received < bytes) await once(this.socket, "data");
  }

  /** Sends a small message and measures the time until its echo, ms. */
  async roundTripMs(): Promise<number> {
    const expected = this.received + 4;
    const sentAtMs = performance.now();
    this.socket.write("ping");
    await this.until(expected);
    return performance.now() - sentAtMs;
  }
}
