/** State of the page's one connection, shared by the files that join, keep the seat and reconnect. */
import type { Client } from "@colyseus/sdk";
import type { JoinOutcome, JoinRequest } from "#client/joinRequest.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import type { ArenaLink } from "./arenaLink.ts";
import type { Failure } from "./failure.ts";

export type ConnectionState =
  /** In no room. `request` is the join request that failed, so that the page can offer it again. */
  | { kind: "idle"; outcome?: JoinOutcome; request?: JoinRequest }
  | { kind: "joining" }
  | { kind: "joined"; room: ArenaLink }
  /** The SDK is reconnecting; the server frees the seat at `seatLostAt` (ms, performance.now() clock). */
  | { kind: "dropped"; room: ArenaLink; seatLostAt: number }
  | Exclude<Failure, { kind: "idle" }>;

export interface ConnectionListener {
  /** Resolves when the page can show a fight: no seat is taken before. Rejects with CannotShow. */
  ready?(): Promise<void>;
  onChange(state: ConnectionState): void;
  onNotice?(notice: Notice): void;
  /** Called with a new room before its first message arrives. */
  onEnter?(room: ArenaLink): void;
}

export interface ConnectionContext {
  readonly client: Client;
  /** Origin of the server's HTTP routes. */
  readonly endpoint: string;
  readonly listener: ConnectionListener;
  /** The player's name and join request; a rejoin repeats them. */
  name: string;
  request: JoinRequest;
  /** The room in which this page holds a seat. */
  room: ArenaLink | undefined;
  /** Sequence number of the newest attempt to join. An older attempt that completes later must not enter a room. */
  newestAttempt: number;
}

/** Starts an attempt that supersedes all earlier ones; returns its sequence number. */
export const beginAttempt = (context: ConnectionContext): number => ++context.newestAttempt;
