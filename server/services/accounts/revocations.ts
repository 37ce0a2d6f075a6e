/** Signed-out identities in memory: every request and handshake checks them, and must not wait for the store. */
import { LONGEST_LIFETIME_MS } from "#server/services/identity.ts";
import type { Store } from "#server/store/store.ts";

/** How soon a process learns of a device that was signed out at another one. */
const REFRESH_EVERY_MS = 60_000;
/** Until the store has answered once, this process knows of nobody who was signed out. */
const RETRY_EVERY_MS = 1_000;
/** Another process may note a time and commit it later: its clock differs, or its transaction waits. */
const OVERLAP_MS = 600_000;
/** Every identity is kept for as long as its last token can be valid, and an hour for clocks that differ. */
const KEPT_MS = 25 * 3_600_000;
/** Beyond KEPT_MS, which matters to tokens that earlier versions issued, the newest of so many are kept. */
const MAX = 50_000;

export interface Revocations {
  has(identity: string): boolean;
  add(identities: Iterable<string>): void;
  /** Kept in memory. */
  readonly count: number;
  close(): void;
}

/** Resolves once the store has told which tokens, of those that have not expired, are revoked; or that it is away. */
export async function createRevocations(store: Store): Promise<Revocations> {
  /** When each was signed out, in milliseconds since 1970; nearly in this order. */
  const revoked = new Map<string, number>();
  let knownUntilMs = Date.now() - LONGEST_LIFETIME_MS;
  let timer: NodeJS.Timeout | undefined;
  let wasTold = false;
  let isClosed = false;

  const refresh = async () => {
    const nowMs = Date.now();
    const rows = await store.ask("revokedSince", { sinceMs: knownUntilMs }).catch(() => undefined);
    if (isClosed) return;
    if (rows) {
      wasTold = true;
      knownUntilMs = nowMs - OVERLAP_MS;
      // The store answers the newest first.
      for (const { sub, revokedAt } of rows.reverse()) revoked.set(sub, revokedAt ?? nowMs);
      forgetOld(revoked, nowMs);
    }
    timer = setTimeout(refresh, wasTold ? REFRESH_EVERY_MS : RETRY_EVERY_MS).unref();
  };
  await refresh();

  return {
    has: (identity) => revoked.has(identity),
    add(identities) {
      for (const identity of identities) revoked.set(identity, Date.now());
    },
    get count() {
      return revoked.size;
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

function forgetOld(revoked: Map<string, number>, nowMs: number): void {
  for (const [sub, atMs] of revoked) {
    const ageMs = nowMs - atMs;
    if (ageMs > LONGEST_LIFETIME_MS || (ageMs > KEPT_MS && revoked.size > MAX)) revoked.delete(sub);
  }
}
