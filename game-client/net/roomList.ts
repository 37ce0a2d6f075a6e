/** The live list of rooms: a connection to the lobby for as long as the list is shown. */
import type { Room } from "@colyseus/sdk";
import type { ListedRoom, RoomList } from "#client/roomDirectory.ts";
import type { LobbyEntry } from "#shared/protocol/lobby.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { type FollowedList, followList } from "./listLink.ts";

const PING_EVERY_MS = 2000;
/** The ping is the minimum of this many: higher ones include the delay of a busy page, as right after loading. */
const PINGS_KEPT = 5;

/** Calls `onChange` on every change until the returned function is called. */
export function watchRooms(endpoint: string, onChange: (list: RoomList) => void): () => void {
  let list: FollowedList<ListedRoom> = { kind: "connecting" };
  let pingMs: number | undefined;
  const report = () => {
    if (list.kind === "live") onChange({ kind: "live", rooms: list.rows, pingMs });
    else onChange({ kind: list.kind === "connecting" ? "connecting" : "away" });
  };
  return followList<LobbyEntry, ListedRoom>({
    endpoint,
    room: ROOM.lobby,
    arrange: (all) => all.toSorted((a, b) => playersIn(b) - playersIn(a)),
    idOf: ({ roomId }) => roomId,
    read: ({ roomId, metadata }) => ({ ...metadata, code: roomId }),
    onChange(now) {
      list = now;
      report();
    },
    joined: (room) =>
      measurePing(room, (ms) => {
        pingMs = ms;
        if (list.kind === "live") report();
      }),
  });
}

function measurePing(room: Room, onPing: (ms: number) => void): () => void {
  const pingsMs: number[] = [];
  const measure = () =>
    room.ping((ms) => {
      pingsMs.push(ms);
      pingsMs.splice(0, pingsMs.length - PINGS_KEPT);
      onPing(Math.min(...pingsMs));
    });
  measure();
  const timer = setInterval(measure, PING_EVERY_MS);
  return () => clearInterval(timer);
}

const playersIn = ({ metadata }: LobbyEntry): number => metadata.players;
