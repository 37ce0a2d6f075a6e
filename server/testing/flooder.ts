/**
 * A process that takes a seat and floods the server: `node flooder.ts URL FRAME_IN_HEX FRAMES_PER_SEC FOR_MS`.
 *
 * Over IPC it sends `Seated`, starts on any message, and sends `FloodEnd`.
 */
import type { TestServer } from "./bootServer.ts";
import { acknowledgeJoin, type Closed, openRawSocket } from "./rawSocket.ts";

export interface Seated {
  sessionId: string;
}

export interface FloodEnd {
  /** Written to the socket; the server may have read fewer. */
  framesSent: number;
  ms: number;
  /** How the server closed the connection; undefined if the flood ended first. */
  closed: Closed | undefined;
}

const EVERY_MS = 5;

const [url = "", frameHex = "", framesPerSec = "", forMs = ""] = process.argv.slice(2);
const frame = Buffer.from(frameHex, "hex");
const batchFrames = (Number(framesPerSec) * EVERY_MS) / 1000;
const batch = Buffer.concat(Array.from({ length: batchFrames }, () => frame));

// The only fields that openRawSocket reads.
const server = { url, port: Number(new URL(url).port) } as TestServer;
const raw = await openRawSocket(server, "Flood");
await acknowledgeJoin(raw);
process.once("message", flood);
process.send?.({ sessionId: raw.sessionId } satisfies Seated);

function flood(): void {
  const startedAt = performance.now();
  let batches = 0;
  const timer = setInterval(() => {
    const ms = performance.now() - startedAt;
    // A late timer sends the batches that it missed.
    for (; batches * EVERY_MS < ms; batches++) raw.send(batch);
    if (ms > Number(forMs)) end(undefined);
  }, EVERY_MS);
  const end = (closed: Closed | undefined) => {
    clearInterval(timer);
    const ms = performance.now() - startedAt;
    const report: FloodEnd = { framesSent: batches * batchFrames, ms, closed };
    process.send?.(report, () => process.exit());
  };
  void raw.closed().then(end);
}
