/** The live list of rooms: a connection to the lobby for as long as the list is shown. */
import { Client, type Room } from "@colyseus/sdk";
import type { ListedRoom, RoomList } from "#client/roomDirectory.ts";
import { LOBBY_MESSAGE, type LobbyEntry } from "#shared/protocol/lobby.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { knownIdentity, withIdentity } from "./identity.ts";

const RETRY_MS = 1500;
const PING_EVERY_MS = 2000;
/** The ping is the minimum of this many: higher ones include the delay of a busy page, as right after loading. */
const PINGS_KEPT = 5;

/** Calls `onChange` on every change until the returned function is called. */
export function watchRooms(endpoint: string, onChange: (list: RoomList) => void): () => void {
  let isClosed = false;
  let lobby: Room | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const connect = async () => {
    const client = new Client(endpoint);
    const room = await withIdentity(
      () => knownIdentity(endpoint),
      (token) => {
        client.http.authToken = token;
        return client.joinOrCreate(ROOM.lobby);
      },
    );
    if (isClosed) return void room.leave();
    lobby = room;
    // Reconnecting is pointless: a new connection brings the whole list.
    room.reconnection.enabled = false;
    const stop = follow(room, onChange);
    room.onLeave(() => {
      stop();
      lobby = undefined;
      retry();
    });
  };
  const retry = () => {
    if (isClosed) return;
    onChange({ kind: "away" });
    timer = setTimeout(() => connect().catch(retry), RETRY_MS * (0.5 + Math.random()));
  };

  onChange({ kind: "connecting" });
  connect().catch(retry);
  return () => {
    isClosed = true;
    clearTimeout(timer);
    if (lobby?.connection.isOpen) void lobby.leave();
  };
}

/** Copies the lobby's messages into a list until the returned function is called. */
function follow(room: Room, onChange: (list: RoomList) => void): () => void {
  const rooms = new Map<string, ListedRoom>();
  const pingsMs: number[] = [];
  /** Whether the full list has arrived, to which the changes apply. */
  let isComplete = false;
  const report = () => {
    const pingMs = pingsMs.length > 0 ? Math.min(...pingsMs) : undefined;
    if (isComplete) onChange({ kind: "live", rooms: [...rooms.values()], pingMs });
  };
  const put = ({ roomId, metadata }: LobbyEntry) => {
    rooms.set(roomId, { ...metadata, code: roomId });
  };

  room.onMessage(LOBBY_MESSAGE.all, (all: LobbyEntry[]) => {
    rooms.clear();
    all.toSorted((a, b) => playersIn(b) - playersIn(a)).forEach(put);
    isComplete = true;
    report();
  });
  room.onMessage(LOBBY_MESSAGE.put, ([, entry]: [string, LobbyEntry]) => {
    put(entry);
    report();
  });
  room.onMessage(LOBBY_MESSAGE.remove, (roomId: string) => {
    rooms.delete(roomId);
    report();
  });

  const measure = () =>
    room.ping((ms) => {
      pingsMs.push(ms);
      pingsMs.splice(0, pingsMs.length - PINGS_KEPT);
      report();
    });
  measure();
  const timer = setInterval(measure, PING_EVERY_MS);
  return () => clearInterval(timer);
}

const playersIn = ({ metadata }: LobbyEntry): number => metadata.players;
