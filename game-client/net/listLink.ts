/** A connection to a room that tells a list (the lobby, the live matches), for as long as the list is shown. */
import { Client, type Room } from "@colyseus/sdk";
import { LOBBY_MESSAGE } from "#shared/protocol/lobby.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { knownIdentity, withIdentity } from "./identity.ts";

const RETRY_MS = 1_500;
/** After a refusal that only time changes. */
const REFUSED_RETRY_MS = 15_000;

const REFUSALS: ReadonlySet<unknown> = new Set([
  ...[REFUSAL.badJoinOptions, REFUSAL.roomUnknown, REFUSAL.roomEnded, REFUSAL.tooMany],
  ...[REFUSAL.wrongPassword, REFUSAL.noSpectators],
]);

export type FollowedList<Row> =
  | { kind: "connecting" }
  /** In order of arrival, so that no row moves under the player's finger. */
  | { kind: "live"; rows: readonly Row[] }
  /** The server does not answer; the page retries by itself. */
  | { kind: "away" }
  /** The server refuses it with this code of REFUSAL; the page asks again from time to time. */
  | { kind: "refused"; code: number };

export interface ListLink<Entry, Row> {
  readonly endpoint: string;
  /** A kind of room. */
  readonly room: string;
  readonly options?: object;
  /** The rows in the order in which they show at first. */
  arrange?(all: readonly Entry[]): readonly Entry[];
  idOf(entry: Entry): string;
  /** Called when the entry arrives. */
  read(entry: Entry): Row;
  onChange(list: FollowedList<Row>): void;
  /** Called with each new connection. The returned function is called when it ends. */
  joined?(room: Room): () => void;
}

/** Follows the list until the returned function is called; connects again by itself for ever. */
export function followList<Entry, Row>(link: ListLink<Entry, Row>): () => void {
  const { endpoint, options = {}, onChange, joined = () => () => {} } = link;
  let isClosed = false;
  let list: Room | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const connect = async () => {
    const client = new Client(endpoint);
    const room = await withIdentity(
      () => knownIdentity(endpoint),
      (token) => {
        client.http.authToken = token;
        return client.joinOrCreate(link.room, options);
      },
    );
    if (isClosed) return void room.leave();
    list = room;
    // Reconnecting is pointless: a new connection brings the whole list.
    room.reconnection.enabled = false;
    copy(room, link);
    const left = joined(room);
    room.onLeave(() => {
      left();
      list = undefined;
      retry();
    });
  };
  const retry = (error?: unknown) => {
    if (isClosed) return;
    const { code } = (error ?? {}) as { code?: unknown };
    const isRefused = REFUSALS.has(code);
    onChange(isRefused ? { kind: "refused", code: Number(code) } : { kind: "away" });
    const waitMs = isRefused ? REFUSED_RETRY_MS : RETRY_MS;
    timer = setTimeout(() => connect().catch(retry), waitMs * (0.5 + Math.random()));
  };

  onChange({ kind: "connecting" });
  connect().catch(retry);
  return () => {
    isClosed = true;
    clearTimeout(timer);
    if (list?.connection.isOpen) void list.leave();
  };
}

/** Copies the room's messages into rows. */
function copy<Entry, Row>(room: Room, link: ListLink<Entry, Row>): void {
  const { arrange = (all) => all, idOf, read, onChange } = link;
  const rows = new Map<string, Row>();
  /** Whether the full list has arrived, to which the changes apply. */
  let isComplete = false;
  const report = () => {
    if (isComplete) onChange({ kind: "live", rows: [...rows.values()] });
  };
  room.onMessage(LOBBY_MESSAGE.all, (all: Entry[]) => {
    rows.clear();
    for (const entry of arrange(all)) rows.set(idOf(entry), read(entry));
    isComplete = true;
    report();
  });
  room.onMessage(LOBBY_MESSAGE.put, ([id, entry]: [string, Entry]) => {
    rows.set(id, read(entry));
    report();
  });
  room.onMessage(LOBBY_MESSAGE.remove, (id: string) => {
    rows.delete(id);
    report();
  });
}
