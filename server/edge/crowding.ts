/**
 * Keeps connections free for newcomers: beyond a number of HTTP connections, each new one ends the one that does the least
 * for a page. A WebSocket, which a player may have, is never ended.
 */
import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import { countRefusal } from "#server/services/metrics.ts";

/** A newcomer on a slow line sends its first request within this. */
export const FIRST_REQUEST_WITHIN_MS = 2_000;

/** Call when `server` has its listener for requests: gateRequests (requestGate.ts) removes earlier ones. */
export function endIdleUnderPressure(server: Server, openMax: number): void {
  /** Without a request yet: since when, in ms. */
  const silent = new Map<Duplex, number>();
  const idle = new Set<Duplex>();
  const busy = new Set<Duplex>();
  const forget = (socket: Duplex) => [silent, idle, busy].some((those) => those.delete(socket));

  /** In each group the one that waits for longest, because insertion order is the order of last use. */
  const leastUseful = (): Duplex | undefined => {
    const [[first, sinceMs = 0] = []] = silent;
    if (first && performance.now() - sinceMs > FIRST_REQUEST_WITHIN_MS) return first;
    const [firstIdle] = idle;
    const [firstBusy] = busy;
    return firstIdle ?? first ?? firstBusy;
  };

  server.on("connection", (socket) => {
    if (socket.destroyed) return;
    if (silent.size + idle.size + busy.size >= openMax) {
      countRefusal("a silent or idle connection, ended for a newcomer");
      const ended = leastUseful();
      ended?.destroy();
      // At once, because its close event follows later.
      if (ended) forget(ended);
    }
    silent.set(socket, performance.now());
    socket.once("close", () => forget(socket));
  });
  server.on("request", ({ socket }, response) => {
    if (forget(socket)) busy.add(socket);
    response.once("close", () => {
      if (forget(socket)) idle.add(socket);
    });
  });
  server.on("upgrade", (_request, socket) => void forget(socket));
}
