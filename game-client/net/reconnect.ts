/** Returns to a room: after a page refresh by the kept seat, after a lost seat by a new join request. */
import type { ArenaState } from "#shared/schema/state.ts";
import { beginAttempt, type ConnectionContext } from "./connectionContext.ts";
import { describeFailure, type Failure, isTransient, saysRoomIsGone } from "./failure.ts";
import { ownIdentity, recallIdentity } from "./identity.ts";
import { forgetSeat, isHeldElsewhere, keptSeat } from "./keptSeat.ts";
import { requestByLink, requestSeat } from "./requestSeat.ts";
import { RESTART_PATIENCE_MS } from "./restart.ts";
import { takeSeat } from "./seat.ts";

const RETRY_MS = 1_000;

/** Gets the page ready, requests a seat by the current join request and takes it; rejects when the server refuses or does not answer. */
export async function joinOnce(context: ConnectionContext, attempt: number): Promise<void> {
  // A new player's identity is issued meanwhile; if not, the request for the seat asks again and reports the failure.
  void ownIdentity(context.endpoint).catch(() => {});
  await context.listener.ready?.();
  // The player has left meanwhile.
  if (attempt !== context.newestAttempt) return;
  const room = await requestSeat(context);
  await takeSeat(context, attempt, room, () => void rejoin(context));
}

/** The reason goes to the console: it is English, or in the browser's words, which no player can act on. */
export function reportFailure({ listener, request }: ConnectionContext, failure: Failure): void {
  const reason = failure.kind === "idle" ? failure.outcome.reason : "reason" in failure && failure.reason;
  if (reason) console.warn(`Fracas: ${reason}`);
  listener.onChange(failure.kind === "idle" ? { ...failure, request } : failure);
}

/** Joins again by the last request, after the server restarted or was out of reach for too long. */
export async function rejoin(context: ConnectionContext): Promise<void> {
  const attempt = beginAttempt(context);
  context.listener.onChange({ kind: "restarting" });
  const giveUp = (failure: Failure) => {
    const { request } = context;
    const isGone = failure.kind === "idle" && saysRoomIsGone(failure.outcome);
    if (!isGone || request.kind !== "code") return reportFailure(context, failure);
    context.listener.onChange({ kind: "idle", outcome: { kind: "ended", why: "gone", code: request.code } });
  };
  await keepTrying(context, attempt, RESTART_PATIENCE_MS, () => joinOnce(context, attempt), giveUp);
}

/**
 * After a page refresh: takes the kept seat back, if there is one. `code`, if given, must name its room. If another tab
 * is in the seat, offers to take it over instead.
 */
export async function resume(context: ConnectionContext, code?: string): Promise<void> {
  const seat = keptSeat();
  if (!seat || (code !== undefined && seat.code !== code)) return;
  const { client, listener } = context;
  const attempt = beginAttempt(context);
  listener.onChange({ kind: "joining" });
  const once = async () => {
    await listener.ready?.();
    // Not before: while this page evaluates the game's chunk, an answer would be read too late.
    const isHeld = await isHeldElsewhere(seat);
    if (attempt !== context.newestAttempt) return;
    if (isHeld) {
      forgetSeat();
      return listener.onChange({ kind: "idle", request: { kind: "takeOver", code: seat.code } });
    }
    client.http.authToken = recallIdentity();
    const room = await client.reconnect<ArenaState>(seat.token);
    await takeSeat(context, attempt, room, () => void rejoin(context));
  };
  const giveUp = (failure: Failure) => {
    // A reload returns to the seat.
    if (failure.kind === "cannotShow") return listener.onChange(failure);
    forgetSeat();
    listener.onChange({ kind: "idle", ...(code && { request: requestByLink(code) }) });
  };
  await once().catch((error) => {
    if (attempt !== context.newestAttempt) return;
    // The server keeps the seat while the network is not back yet.
    return isTransient(error)
      ? keepTrying(context, attempt, seat.keptMs, once, giveUp)
      : giveUp(describeFailure(error));
  });
}

/** Repeats `once` until it succeeds, fails for good, or `patienceMs` have passed; or until a newer attempt begins. */
export async function keepTrying(
  context: ConnectionContext,
  attempt: number,
  patienceMs: number,
  once: () => Promise<void>,
  giveUp: (failure: Failure) => void,
): Promise<void> {
  const giveUpAtMs = performance.now() + patienceMs;
  for (;;) {
    // Random, so that the clients of a restarted server do not all return in the same moment.
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS * (0.5 + Math.random())));
    if (attempt !== context.newestAttempt) return;
    try {
      return await once();
    } catch (error) {
      if (attempt !== context.newestAttempt) return;
      if (!isTransient(error) || performance.now() > giveUpAtMs) return giveUp(describeFailure(error));
    }
  }
}
