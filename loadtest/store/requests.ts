/** Sends requests at a steady rate, however slowly they are answered, and takes the times of the answers. */

export interface Target {
  path: string;
  /** The identity's token, for what only its player sees. */
  token?: string;
}

export interface Answered {
  /** Milliseconds from the moment when the request was due to the last byte of the answer. */
  timesMs: number[];
  bytes: number;
  /** How often each status came, or each error. */
  outcomes: Record<string, number>;
}

/** `next` draws the target of each request. */
export async function sendSteadily(
  origin: string,
  { perSec, durationSec }: { perSec: number; durationSec: number },
  next: () => Target | Promise<Target>,
): Promise<Answered> {
  const answered: Answered = { timesMs: [], bytes: 0, outcomes: {} };
  const open = new Set<Promise<void>>();
  const startMs = performance.now();
  for (let number = 0; number < perSec * durationSec; number++) {
    const target = await next();
    const dueMs = startMs + (number * 1000) / perSec;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    // A timer is up to a millisecond late, for which the server is not to blame.
    const request = send(origin, target, Math.max(dueMs, performance.now() - 2), answered);
    open.add(request);
    void request.finally(() => open.delete(request));
  }
  await Promise.all(open);
  return answered;
}

async function send(
  origin: string,
  { path, token }: Target,
  dueMs: number,
  answered: Answered,
): Promise<void> {
  let outcome: string;
  try {
    const response = await fetch(origin + path, {
      ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
      redirect: "manual",
    });
    answered.bytes += (await response.arrayBuffer()).byteLength;
    answered.timesMs.push(performance.now() - dueMs);
    outcome = String(response.status);
  } catch (error) {
    outcome = (error as Error).message;
  }
  answered.outcomes[outcome] = (answered.outcomes[outcome] ?? 0) + 1;
}
