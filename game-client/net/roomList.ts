/** The live list of rooms: a connection to the lobby for as long as somebody looks at it. */
import { Client, type Room } from "@colyseus/sdk";
import type { ListedRoom, RoomList } from "#client/roomDirectory.ts";
import { LOBBY_MESSAGE, type LobbyEntry } from "#shared/protocol/lobby.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { recallIdentity } from "./identity.ts";

const RETRY_MS = 1500;
const PING_EVERY_MS = 2000;
/** The best of so many counts: what is more was spent in a page that is busy, as it is when it has just come. */
const PINGS_KEPT = 5;

/** Tells of every change until the returned function is called. */
export function watchRooms(endpoint: string, onChange: (list: RoomList) => void): () => void {
  let closed = false;
  let lobby: Room | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const connect = async () => {
    const client = new Client(endpoint);
    client.http.authToken = recallIdentity();
    const room = await client.joinOrCreate(ROOM.lobby);
    if (closed) return void room.leave();
    lobby = room;
    // A list is not worth a kept seat: a new connection brings the whole of it.
    room.reconnection.enabled = false;
    const stop = follow(room, onChange);
    room.onLeave(() => {
      stop();
      lobby = undefined;
      again();
    });
  };
  const again = () => {
    if (closed) return;
    onChange({ kind: "away" });
    timer = setTimeout(() => connect().catch(again), RETRY_MS * (0.5 + Math.random()));
  };

  onChange({ kind: "connecting" });
  connect().catch(again);
  return () => {
    closed = true;
    clearTimeout(timer);
    if (lobby?.connection.isOpen) void lobby.leave();
  };
}

/** Until the returned function is called. */
function follow(room: Room, onChange: (list: RoomList) => void): () => void {
  const rooms = new Map<string, ListedRoom>();
  const pingsMs: number[] = [];
  let whole = false;
  const tell = () => {
    const pingMs = pingsMs.length > 0 ? Math.min(...pingsMs) : undefined;
    if (whole) onChange({ kind: "live", rooms: [...rooms.values()], pingMs });
  };
  const put = ({ roomId, metadata }: LobbyEntry) => {
    rooms.set(roomId, { ...metadata, code: roomId });
  };

  room.onMessage(LOBBY_MESSAGE.all, (all: LobbyEntry[]) => {
    rooms.clear();
    all.toSorted((a, b) => playersIn(b) - playersIn(a)).forEach(put);
    whole = true;
    tell();
  });
  room.onMessage(LOBBY_MESSAGE.put, ([, entry]: [string, LobbyEntry]) => {
    put(entry);
    tell();
  });
  room.onMessage(LOBBY_MESSAGE.remove, (roomId: string) => {
    rooms.delete(roomId);
    tell();
  });

  const measure = () =>
    room.ping((ms) => {
      pingsMs.push(ms);
      pingsMs.splice(0, pingsMs.length - PINGS_KEPT);
      tell();
    });
  measure();
  const timer = setInterval(measure, PING_EVERY_MS);
  return () => clearInterval(timer);
}

const playersIn = ({ metadata }: LobbyEntry): number => metadata.players;
