/** Why a join did not work, as far as the page can do something about it. */
import { REFUSAL } from "#shared/protocol/refusal.ts";

export type Failure =
  /** The server answered, and said no: back to the title, with its reason. */
  | { kind: "idle"; notice: string }
  /** Nobody answers, or only a proxy does. */
  | { kind: "unreachable"; reason: string }
  /** The server is there, and about to start again; or the seat is gone, and a new one is tried for. */
  | { kind: "restarting" }
  /** The page is older than the server. */
  | { kind: "stale" };

/** Refusals have a status of ours (4xx, 529) or of Colyseus' matchmaker (520 to 526). */
const isRefusal = (code: number) =>
  (code >= 400 && code < 500) || (code >= 520 && code <= REFUSAL.serverFull);

export function describeFailure(error: unknown): Failure {
  const { message, code } = error as { message?: string; code?: unknown };
  if (code === REFUSAL.stalePage) return { kind: "stale" };
  if (code === REFUSAL.restarting) return { kind: "restarting" };
  const reason = message ?? String(error);
  return isRefusal(Number(code)) ? { kind: "idle", notice: reason } : { kind: "unreachable", reason };
}
