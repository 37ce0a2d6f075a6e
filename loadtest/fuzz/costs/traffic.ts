/** Sends requests as honest clients do, and as floods do, and counts the bytes that they move. */
import { connect, type Socket } from "node:net";
import { forwardedFor } from "#loadtest/fuzz/plan/requestText.ts";
import { Counts } from "#loadtest/fuzz/tally.ts";
import { type Address, Link } from "#loadtest/fuzz/wire/link.ts";

/** Packets without content that a client sends to open and to close a TCP connection: SYN, two ACKs and FIN. */
const CONNECTION_BYTES = 4 * 52;
/** A server that keeps a connection open although it was asked to close it, or does not answer. */
const GIVE_UP_MS = 10_000;
const AT_ONCE = 4;
const PIPELINED = 20;
const STATUS = /HTTP\/1\.1 (\d{3})/g;

/** What all clients have sent and received. */
export interface Traffic {
  /** Requests and frames. */
  pieces: number;
  bytesIn: number;
  bytesOut: number;
}

export interface ClientRequest {
  readonly text: string;
  /** The client's address, as the proxy names it. The header in which it does so is no byte of the client's. */
  readonly network: string;
}

/** One request at a time on a connection, which is kept while the server keeps it. Resolves with the statuses. */
export async function sendInTurn(
  address: Address,
  requests: readonly ClientRequest[],
  traffic: Traffic,
): Promise<Counts> {
  const statuses = new Counts();
  const left = [...requests];
  const connection = async () => {
    let link: Link | undefined;
    let readBefore = 0;
    for (let next = left.shift(); next; next = left.shift()) {
      if (!link?.isOpen) {
        link = await Link.open(address);
        readBefore = 0;
        traffic.bytesIn += CONNECTION_BYTES;
      }
      const answer = await link.ask(forwardedFor(next.text, next.network), GIVE_UP_MS);
      statuses.add(answer?.status ?? "ended");
      traffic.pieces++;
      traffic.bytesIn += next.text.length;
      traffic.bytesOut += link.traffic.read - readBefore;
      readBefore = link.traffic.read;
      const isLast = !answer || answer.status === 101 || answer.headers.get("connection") === "close";
      if (isLast) link.cut();
    }
    link?.cut();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, connection));
  return statuses;
}

/**
 * Many requests at once on a connection, and as few as the server answers before it ends one: more would only cost the
 * sender. Resolves with the statuses when all are answered, or ended with their connection.
 */
export async function sendFlood(
  address: Address,
  requests: readonly ClientRequest[],
  traffic: Traffic,
): Promise<Counts> {
  const statuses = new Counts();
  const left = [...requests];
  let pipelined = PIPELINED;
  const once = async () => {
    const some = left.splice(0, pipelined);
    const answers = await pipeline(address, some, statuses, traffic);
    if (answers < some.length) pipelined = Math.max(1, Math.min(pipelined, answers));
  };
  const connection = async () => {
    while (left.length > 0) await once();
  };
  // The first connection learns for the others.
  await once();
  await Promise.all(Array.from({ length: AT_ONCE }, connection));
  return statuses;
}

/** Returns the number of answers. */
async function pipeline(
  { host, port }: Address,
  requests: readonly ClientRequest[],
  statuses: Counts,
  traffic: Traffic,
): Promise<number> {
  const socket = connect({ host, port });
  socket.setNoDelay(true);
  const texts = requests.map(({ text, network }) => forwardedFor(text, network));
  socket.write(texts.with(-1, closing(texts.at(-1) ?? "")).join(""), "latin1");
  let answers = 0;
  socket.on("data", (chunk: Buffer) => {
    for (const [, status] of chunk.toString("latin1").matchAll(STATUS)) {
      answers++;
      statuses.add(status ?? "");
      // A WebSocket, which the server does not close at once.
      if (status === "101") socket.end();
    }
  });
  await closed(socket);
  if (answers < requests.length) statuses.add("ended", requests.length - answers);
  traffic.pieces += requests.length;
  traffic.bytesIn += CONNECTION_BYTES + requests.reduce((sum, { text }) => sum + text.length, 0);
  traffic.bytesOut += socket.bytesRead;
  return answers;
}

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), GIVE_UP_MS);
    socket.on("error", () => {});
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Asks the server to close the connection after its answer. An upgrade has a Connection header already. */
const closing = (text: string): string =>
  /^Connection:/im.test(text) ? text : text.replace("\r\n", "\r\nConnection: close\r\n");
