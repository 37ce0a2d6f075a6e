/** The page's connection to a room: joins, keeps the seat over drops and refreshes, and reports its state. */
import { Client } from "@colyseus/sdk";
import type { JoinRequest } from "#client/joinRequest.ts";
import type { VoteMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import {
  beginAttempt,
  type ConnectionContext,
  type ConnectionListener,
  type ConnectionState,
} from "./connectionContext.ts";
import { join } from "./join.ts";
import { forgetSeat } from "./keptSeat.ts";
import { resume } from "./reconnect.ts";

export interface Connection {
  join(name: string, request: JoinRequest): Promise<void>;
  /** Joins again with the last name and request. */
  retry(): Promise<void>;
  /** After a page refresh: takes the kept seat back, if there is one. `code`, if given, must name its room. */
  resume(code?: string): Promise<void>;
  /** Votes for the next match: `choice` is the index of a candidate. */
  vote(choice: number): void;
  /** Gives the seat up and reports `next`, by default the idle state. */
  leave(next?: ConnectionState): void;
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
    resume: (code) => resume(context, code),
    vote(choice) {
      context.room?.send(MESSAGE.vote, { choice } satisfies VoteMessage);
    },
    leave: (next = { kind: "idle" }) => leave(context, next),
  };
}

function leave(context: ConnectionContext, next: ConnectionState): void {
  const { room } = context;
  beginAttempt(context);
  context.room = undefined;
  forgetSeat();
  // If the server does not receive the leave message, the SDK must not reconnect; the seat then expires by itself.
  if (room) room.reconnection.enabled = false;
  if (room?.connection.isOpen) void room.leave();
  context.listener.onChange(next);
}
