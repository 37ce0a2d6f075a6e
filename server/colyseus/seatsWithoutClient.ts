/**
 * Keeps a seat for a player whose connection was to an earlier instance of the room, as if it had dropped from this one:
 * Colyseus' own reconnection then works, with the same session id and token.
 */
import { type Client, ClientState, CloseCode, matchMaker, Room } from "@colyseus/core";

export interface FormerClient {
  readonly sessionId: string;
  /** Reopens the seat. */
  readonly token: string;
  readonly auth: Client["auth"];
}

/** Colyseus' parts of a room that this file reads and writes. */
interface Internals {
  readonly clients: unknown[];
  readonly _listing: { clients: number };
  /** Calls onDrop, and counts the client out once onDrop's reconnection has expired. */
  _onLeave(client: object, code: number): Promise<void>;
}

/** The fields of a dropping client that Colyseus reads. */
const standInFor = ({ sessionId, token, auth }: FormerClient): object => ({
  sessionId,
  auth,
  reconnectionToken: token,
  state: ClientState.JOINED,
  ref: {},
});

/**
 * Call in onCreate, after everything else: the room's onDrop runs for a stand-in of the client, and must allow its
 * reconnection. The seat counts as a client, as that of any dropped player does.
 */
export async function dropFormerClient(room: Room, former: FormerClient): Promise<void> {
  const internals = room as unknown as Internals;
  const standIn = standInFor(former);
  internals.clients.push(standIn);
  internals._listing.clients++;
  matchMaker.stats.local.ccu++;
  await internals._onLeave(standIn, CloseCode.ABNORMAL_CLOSURE);
}

class ProbeRoom extends Room {
  override onDrop(client: Client): void {
    this.allowReconnection(client, "manual").catch(() => {});
  }
}

/** This file's reach into Colyseus, with a probe that says whether the installed version has it. */
export const SEAT_REACHES: Readonly<Record<string, () => Promise<boolean>>> = {
  "Room._onLeave": async () => {
    const room = new ProbeRoom();
    const listing = { clients: 0 };
    Object.assign(room, { _listing: listing });
    try {
      await dropFormerClient(room, { sessionId: "probe", token: "token", auth: undefined });
    } finally {
      matchMaker.stats.local.ccu--;
    }
    const isKept = room.hasReservedSeat("probe", "token") && !room.hasReservedSeat("probe", "another");
    return isKept && room.clients.length === 0;
  },
};
