/** The page's connection to a room: joins, keeps the seat over drops and refreshes, and reports its state. */
import { Client, CloseCode } from "@colyseus/sdk";
import type { JoinRequest } from "#client/joinRequest.ts";
import type { VoteMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { ArenaLink } from "./arenaLink.ts";
import {
  beginAttempt,
  type ConnectionContext,
  type ConnectionListener,
  type ConnectionState,
} from "./connectionContext.ts";
import { join } from "./join.ts";
import { keepRequest, takeKeptRequest } from "./keptRequest.ts";
import { forgetSeat, keptSeat } from "./keptSeat.ts";
import { resume } from "./reconnect.ts";

export interface Connection {
  join(name: string, request: JoinRequest): Promise<void>;
  /** Joins again with the last name and request. */
  retry(): Promise<void>;
  /**
   * After a reload of the tab: takes the kept seat back if there is one, else repeats a kept request. `code`, if given,
   * must name the seat's room.
   */
  resume(code?: string): Promise<void>;
  /** After the next reload `resume` repeats the last request, unless a seat is kept. */
  keepRequest(): void;
  /** Votes for the next match: `choice` is the index of a candidate. */
  vote(choice: number): void;
  /** Gives the seat up and reports `next`, by default the idle state. */
  leave(next?: ConnectionState): void;
  /** Ends the connection and reports `next`, but keeps the seat, as a reload does: `resume` returns to it. */
  setAside(next: ConnectionState): void;
  /** The token of the seat that this page is in, also while the connection is down. */
  readonly seatToken: string | undefined;
}

export function createConnection(endpoint: string, listener: ConnectionListener): Connection {
  const context: ConnectionContext = {
    client: new Client(endpoint),
    endpoint,
    listener,
    name: "",
    request: { kind: "quick" },
    room: undefined,
    newestAttempt: 0,
  };
  return {
    join(name, request) {
      context.name = name;
      context.request = request;
      return join(context);
    },
    retry: () => join(context),
    resume(code) {
      const kept = takeKeptRequest();
      if (!kept || keptSeat()) return resume(context, code);
      Object.assign(context, kept);
      return join(context);
    },
    keepRequest: () => keepRequest(context),
    vote(choice) {
      context.room?.send(MESSAGE.vote, { choice } satisfies VoteMessage);
    },
    leave: (next = { kind: "idle" }) => leave(context, next),
    setAside: (next) => setAside(context, next),
    get seatToken() {
      return context.room?.reconnectionToken;
    },
  };
}

function leave(context: ConnectionContext, next: ConnectionState): void {
  const room = releaseRoom(context);
  forgetSeat();
  if (room?.connection.isOpen) void room.leave();
  context.listener.onChange(next);
}

function setAside(context: ConnectionContext, next: ConnectionState): void {
  const room = releaseRoom(context);
  if (room) {
    // While the connection is down, the SDK waits to retry, and cannot be told to stop: it would hold the seat.
    room.connection.reconnect = () => {};
    room.connection.close(CloseCode.MAY_TRY_RECONNECT);
  }
  context.listener.onChange(next);
}

/** From now on the page is in no room, and no attempt to join may enter one. Returns the room that it was in. */
function releaseRoom(context: ConnectionContext): ArenaLink | undefined {
  const { room } = context;
  beginAttempt(context);
  context.room = undefined;
  // If the server does not receive the leave message, the SDK must not reconnect; the seat then expires by itself.
  if (room) room.reconnection.enabled = false;
  return room;
}
