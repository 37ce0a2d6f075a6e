/** Repeats a request while the page is in sight. */

/**
 * Asks at once, `everyMs` after each answer while the page is in sight, and when it comes into sight again; never twice at a
 * time. `ask` must not reject. The returned function ends it.
 */
export function pollInSight(ask: () => Promise<void>, everyMs: number): () => void {
  let isOver = false;
  let isAsking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const turn = async () => {
    if (isAsking || document.hidden) return;
    clearTimeout(timer);
    isAsking = true;
    await ask();
    isAsking = false;
    if (!isOver) timer = setTimeout(turn, everyMs);
  };
  document.addEventListener("visibilitychange", turn);
  void turn();
  return () => {
    isOver = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", turn);
  };
}
