/** Signed-out identities in memory: every request and handshake checks them, and must not wait for the store. */
import { LONGEST_LIFETIME_MS } from "#server/services/identity.ts";
import type { Store } from "#server/store/store.ts";

/** How soon a process learns of a device that was signed out at another one. */
const REFRESH_EVERY_MS = 60_000;

export interface Revocations {
  has(identity: string): boolean;
  add(identities: Iterable<string>): void;
  close(): void;
}

/** Resolves once the store has told which tokens, of those that have not expired, are revoked; or that it is away. */
export async function createRevocations(store: Store): Promise<Revocations> {
  /** When each was signed out, in milliseconds since 1970. */
  const revoked = new Map<string, number>();
  let knownUntilMs = Date.now() - LONGEST_LIFETIME_MS;

  const refresh = async () => {
    const nowMs = Date.now();
    const rows = await store.ask("revokedSince", { sinceMs: knownUntilMs }).catch(() => undefined);
    if (!rows) return;
    // Overlaps: another process may have noted a time and committed it after this question.
    knownUntilMs = nowMs - REFRESH_EVERY_MS;
    for (const { sub, revokedAt } of rows) revoked.set(sub, revokedAt ?? nowMs);
    for (const [sub, atMs] of revoked) if (atMs < nowMs - LONGEST_LIFETIME_MS) revoked.delete(sub);
  };
  await refresh();
  const timer = setInterval(refresh, REFRESH_EVERY_MS).unref();

  return {
    has: (identity) => revoked.has(identity),
    add(identities) {
      for (const identity of identities) revoked.set(identity, Date.now());
    },
    close: () => clearInterval(timer),
  };
}
