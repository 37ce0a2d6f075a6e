/** Why a join did not work, as far as the page can do something about it; and why a room was left without a wish to. */
import type { Ending, JoinOutcome } from "#client/joinRequest.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { NO_SUCH_ROOM, REFUSAL } from "#shared/protocol/refusal.ts";

export type Failure =
  /** The server answered, and said no. */
  | { kind: "idle"; outcome: Extract<JoinOutcome, { kind: "refused" }> }
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
  if (!isRefusal(Number(code))) return { kind: "unreachable", reason };
  return { kind: "idle", outcome: { kind: "refused", code: Number(code), reason } };
}

export const saysRoomIsGone = ({ code }: { code: number }): boolean =>
  code === REFUSAL.roomUnknown || code === REFUSAL.roomEnded || code === NO_SUCH_ROOM;

const ENDINGS: Readonly<Record<number, Ending>> = {
  [CLOSE.kicked]: "kicked",
  [CLOSE.banned]: "banned",
  [CLOSE.takenOver]: "takenOver",
  [CLOSE.roomEnded]: "roomEnded",
};

/** Of a WebSocket's close code: an end that no trying again undoes; undefined when it is none. */
export const endingOf = (closeCode: number): Ending | undefined => ENDINGS[closeCode];
