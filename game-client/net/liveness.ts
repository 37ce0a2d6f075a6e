/**
 * Detects dead connections that TCP does not report. A half-open connection (after a router lost its state, or a laptop
 * changed networks) stays "open" for minutes, and an attempt to reconnect over such a network never ends by itself.
 */
import { CloseCode } from "@colyseus/sdk";
import type { ArenaLink } from "./arenaLink.ts";

/** The server sends 20 patches a second even without changes; longer silence means a dead connection. */
const SILENCE_MS = 4000;
/** Ping a silent connection before giving it up: a delayed spectator gets no patches at first. */
const PING_AFTER_MS = 1500;
/** Longest time that a working server needs to accept a new socket. */
const CONNECT_MS = 3000;
/**
 * Between two attempts of the SDK to reconnect: short, so that control returns soon after the network does. It has to be well
 * below CONNECT_MS, or the watch takes the pause for an attempt that hangs, and begins a second one beside it.
 */
export const RECONNECT_MS = 300;
/** Interval of the checks. */
const CHECK_MS = 500;

/** Watches the connection until the returned function is called. */
export function watchLiveness(
  room: Pick<ArenaLink, "clock" | "connection" | "ping" | "reconnection">,
): () => void {
  let lastServerTime = -1;
  let lastRetryCount = -1;
  /** When the connection was last known to be alive. */
  let aliveAtMs = performance.now();
  let checkedAtMs = aliveAtMs;

  const check = () => {
    const now = performance.now();
    // A page that was suspended reads what arrived meanwhile before the next check.
    if (now - checkedAtMs > 2 * CHECK_MS) aliveAtMs = now;
    checkedAtMs = now;
    const { isReconnecting, retryCount } = room.reconnection;
    const isNews =
      room.clock.lastServerTime() !== lastServerTime || (isReconnecting && retryCount !== lastRetryCount);
    if (isNews) {
      lastServerTime = room.clock.lastServerTime();
      lastRetryCount = retryCount;
      aliveAtMs = now;
      return;
    }
    if (!isReconnecting && now - aliveAtMs > PING_AFTER_MS) {
      room.ping(() => {
        aliveAtMs = performance.now();
      });
    }
    if (now - aliveAtMs < (isReconnecting ? CONNECT_MS : SILENCE_MS)) return;
    aliveAtMs = now;
    // With this code the SDK reconnects without waiting for the closing handshake.
    room.connection.close(CloseCode.MAY_TRY_RECONNECT);
  };

  const timer = setInterval(check, CHECK_MS);
  return () => clearInterval(timer);
}
