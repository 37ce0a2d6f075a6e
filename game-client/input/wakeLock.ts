/** Keeps the screen on: to the system, a player with a gamepad, or one who watches, does nothing. */
import { effect } from "@preact/signals";

/** Holds a lock while `isWanted`, which reads signals. Does nothing where the browser has no locks or refuses one. */
export function keepScreenOn(isWanted: () => boolean): void {
  effect(() => {
    if (!isWanted()) return;
    const over = new AbortController();
    const ask = () => void holdLock(over.signal);
    ask();
    // The browser ends a lock when the page is hidden.
    document.addEventListener("visibilitychange", ask, { signal: over.signal });
    return () => over.abort();
  });
}

async function holdLock(over: AbortSignal): Promise<void> {
  if (document.hidden) return;
  try {
    const lock = await navigator.wakeLock.request("screen");
    if (over.aborted) return void (await lock.release());
    over.addEventListener("abort", () => void lock.release().catch(() => {}), { once: true });
  } catch {
    // No such API, or a battery that is low: the screen sleeps when the system says so.
  }
}
