/**
 * Keeps what the host has asked for. Their own page follows it before the room does, so that a control answers at once; only the
 * newest of many, as when the timeline is dragged, is sent.
 */
import type { Screening } from "#shared/replay/screening.ts";

/** The room takes four host actions a second (CLIENT_MESSAGES). Also long enough for the state that follows an answer. */
const GAP_MS = 300;

export interface Wish {
  /** Undefined while the page follows the room. */
  readonly now: Screening | undefined;
  ask(wanted: Screening): void;
}

/** `send` resolves when the room has answered; it never rejects. */
export function createWish(
  send: (wanted: Screening) => Promise<unknown>,
  wait: (ms: number) => Promise<unknown> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Wish {
  let newest: Screening | undefined;
  const sendAll = async () => {
    for (let sent: Screening | undefined; newest && sent !== newest; ) {
      sent = newest;
      await send(sent);
      await wait(GAP_MS);
    }
    newest = undefined;
  };
  return {
    get now() {
      return newest;
    },
    ask(wanted) {
      const isSending = newest !== undefined;
      newest = wanted;
      if (!isSending) void sendAll();
    },
  };
}
