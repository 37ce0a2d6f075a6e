/** Holds a seat in a room: follows its drops, reconnects and its end, and reports each to the page. */
import { CloseCode } from "@colyseus/sdk";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { ArenaLink } from "./arenaLink.ts";
import type { ConnectionContext } from "./connectionContext.ts";
import { endingOf } from "./failure.ts";
import { forgetSeat, rememberSeat, seatKeptMs } from "./keptSeat.ts";
import { RECONNECT_MS, watchLiveness } from "./liveness.ts";
import { rejoinRequest } from "./requestSeat.ts";
import { RESTART_PATIENCE_MS } from "./restart.ts";

/** The same while the server restarts, on average: random, so that its players do not all return in the same moment. */
const RESTART_RETRY_MS = 1_000;

/**
 * Makes `room` the page's room and resolves when its first state has arrived. Leaves it at once if a newer attempt has
 * begun. `onLost` is called when the seat is gone for good, but neither the player nor the server's rules ended it.
 */
export async function takeSeat(
  context: ConnectionContext,
  attempt: number,
  room: ArenaLink,
  onLost: () => void,
): Promise<void> {
  if (attempt !== context.newestAttempt) return void room.leave();
  context.room = room;
  Object.assign(room.reconnection, { minUptime: 0 });
  // The SDK warns of messages without a handler, and some arrive before the scene registers its handlers.
  room.onMessage("*", () => {});
  context.listener.onEnter?.(room);
  watchDrops(context, room);
  room.onReconnect(() => void settle(context, room));
  const stopWatching = watchLiveness(room);
  room.onLeave((code) => {
    stopWatching();
    endSeat(context, room, code, onLost);
  });
  await settle(context, room);
}

function watchDrops(context: ConnectionContext, room: ArenaLink): void {
  let isRestarting = false;
  room.onMessage(MESSAGE.notice, (notice: Notice) => {
    isRestarting ||= notice.type === "restarting";
    if (room === context.room) context.listener.onNotice?.(notice);
  });
  room.onReconnect(() => {
    isRestarting = false;
  });
  const { backoff } = room.reconnection;
  room.onDrop((code) => {
    const { enabled, isReconnecting } = room.reconnection;
    // The SDK reports each failed attempt as another drop: the seat's time runs from the first.
    if (room !== context.room || !enabled || isReconnecting) return;
    // A server that keeps its rooms has the seat again. One that does not says so, and the page joins anew.
    if (isRestarting && code === CLOSE.restarting) {
      Object.assign(room.reconnection, {
        backoff: () => RESTART_RETRY_MS * (0.5 + Math.random()),
        maxDelay: 2 * RESTART_RETRY_MS,
        maxRetries: RESTART_PATIENCE_MS / RESTART_RETRY_MS,
      });
      context.listener.onChange({ kind: "restarting" });
      return;
    }
    const keptMs = seatKeptMs(room);
    // By default the SDK gives up after 15 attempts.
    const maxRetries = keptMs / RECONNECT_MS;
    Object.assign(room.reconnection, { backoff, maxDelay: RECONNECT_MS, maxRetries });
    context.listener.onChange({ kind: "dropped", room, seatLostAt: performance.now() + keptMs });
  });
}

function endSeat(context: ConnectionContext, room: ArenaLink, code: number, onLost: () => void): void {
  if (room !== context.room) return;
  context.room = undefined;
  forgetSeat();
  const { onChange } = context.listener;
  const why = endingOf(code);
  if (why) onChange({ kind: "idle", outcome: { kind: "ended", why, code: room.roomId } });
  // The server closed the connection in the ordinary way.
  else if (code === CloseCode.CONSENTED) onChange({ kind: "idle" });
  else {
    context.request = rejoinRequest(room, context.request);
    onLost();
  }
}

/** Waits for the next state, which brings the seat's name and the room's settings, and then reports "joined". */
async function settle(context: ConnectionContext, room: ArenaLink): Promise<void> {
  await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
  // The player left in the meantime, while the socket was down and could not send it.
  if (room !== context.room) return void room.leave();
  context.name = room.state.roster.get(room.sessionId)?.name ?? context.name;
  rememberSeat(room);
  context.listener.onChange({ kind: "joined", room });
}
