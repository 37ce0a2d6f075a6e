/**
 * Notices a connection that is dead without saying so. A half-open one (a router that forgot it, a laptop that
 * changed networks) stays "open" for minutes, and a try to reconnect through such a network never ends by itself.
 */
import { CloseCode } from "@colyseus/sdk";
import type { ArenaLink } from "./arenaLink.ts";

/** Patches come 20 times a second, changed or not. */
const SILENCE_MS = 4000;
/** A connection that says nothing is asked, before it is given up: to who watches late, patches come late as well. */
const ASK_AFTER_MS = 1500;
/** A server that answers at all has answered a new socket by then. */
const CONNECT_MS = 3000;
const LOOK_MS = 500;

/** Watches until the returned function is called. */
export function watchLiveness(room: ArenaLink): () => void {
  let heard = -1;
  let tries = -1;
  let sinceMs = performance.now();
  let lookedMs = sinceMs;

  const look = () => {
    const now = performance.now();
    // A page that stood still has not heard what came meanwhile: it is read before the next look.
    if (now - lookedMs > 2 * LOOK_MS) sinceMs = now;
    lookedMs = now;
    const { isReconnecting, retryCount } = room.reconnection;
    const isNews = room.clock.lastServerTime() !== heard || (isReconnecting && retryCount !== tries);
    if (isNews) {
      heard = room.clock.lastServerTime();
      tries = retryCount;
      sinceMs = now;
      return;
    }
    if (!isReconnecting && now - sinceMs > ASK_AFTER_MS) {
      room.ping(() => {
        sinceMs = performance.now();
      });
    }
    if (now - sinceMs < (isReconnecting ? CONNECT_MS : SILENCE_MS)) return;
    sinceMs = now;
    // With this code the SDK does not wait for the other side's goodbye, and reconnects.
    room.connection.close(CloseCode.MAY_TRY_RECONNECT);
  };

  const timer = setInterval(look, LOOK_MS);
  return () => clearInterval(timer);
}
