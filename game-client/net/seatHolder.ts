/**
 * Finds out whether another tab of this browser is in the kept seat: a duplicated tab starts with a copy of the other's
 * memory, and with it the token of its seat.
 */

const CHANNEL = "fracas.seat";
/** A busy tab needs a while to answer. */
const ANSWER_WITHIN_MS = 1_000;

type Message = { ask: string } | { held: string };

/**
 * Answers other tabs until the returned function is called. `ownToken` returns the token of the seat that this page is in.
 */
export function answerForSeat(ownToken: () => string | undefined): () => void {
  const channel = openChannel();
  channel?.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if ("ask" in data && data.ask === ownToken()) channel.postMessage({ held: data.ask } satisfies Message);
  });
  return () => channel?.close();
}

/** Resolves to true as soon as another page answers that it is in the seat of this token, to false if none does in time. */
export function isHeldByAnotherTab(token: string, withinMs = ANSWER_WITHIN_MS): Promise<boolean> {
  const channel = openChannel();
  if (!channel) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (isHeld: boolean) => {
      clearTimeout(timer);
      channel.close();
      resolve(isHeld);
    };
    const timer = setTimeout(() => end(false), withinMs);
    channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
      if ("held" in data && data.held === token) end(true);
    });
    channel.postMessage({ ask: token } satisfies Message);
  });
}

/** Works without TLS, where Web Locks do not. Old browsers lack it. */
const openChannel = (): BroadcastChannel | undefined =>
  typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(CHANNEL);
