/** Translates errors of a join, and close codes of a room, into the cases that the page treats differently. */
import { CannotShow, type Obstacle } from "#client/cannotShow.ts";
import type { Ending, JoinOutcome } from "#client/joinRequest.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { NO_SUCH_ROOM, REFUSAL } from "#shared/protocol/refusal.ts";

export type Failure =
  /** The server refused the request. */
  | { kind: "idle"; outcome: Extract<JoinOutcome, { kind: "refused" }> }
  /** No server answers, or only a proxy does. `reason`: the browser's or the SDK's text, for the console. */
  | { kind: "unreachable"; reason: string }
  /** The server is about to restart, or the seat is lost and the page is requesting a new one. */
  | { kind: "restarting" }
  /** The page is older than the server. */
  | { kind: "stale" }
  /** The page cannot show a fight. */
  | { kind: "cannotShow"; why: Obstacle };

/** Refusals carry a status of Fracas (4xx, 529) or of Colyseus' matchmaker (520 to 526). */
const isRefusal = (code: number) =>
  (code >= 400 && code < 500) || (code >= 520 && code <= REFUSAL.serverFull);

/** `error` is CannotShow, or whatever the SDK or fetch threw; its `code`, where present, is an HTTP status or a close code. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CannotShow) return { kind: "cannotShow", why: error.why };
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
  [CLOSE.idle]: "idle",
};

/** The ending that a WebSocket close code stands for; undefined when joining again may succeed. */
export const endingOf = (closeCode: number): Ending | undefined => ENDINGS[closeCode];

/** Many clients joined at once; the server admits them in turn. */
export const isCrowd = (error: unknown): boolean => (error as { code?: unknown }).code === REFUSAL.tooMany;

/** Whether the same request may succeed a little later. */
export function isTransient(error: unknown): boolean {
  const { kind } = describeFailure(error);
  return kind === "unreachable" || kind === "restarting" || isCrowd(error);
}
