/**
 * The live list of rooms: sends its clients every listed arena, then each change, with the messages of Colyseus'
 * LobbyRoom ("rooms", "+", "-"). It replaces that room, which reveals where each room runs, serialises each change
 * once per client, and keeps dead connections.
 */
import { type Client, Room, type RoomException, type RoomMethodName } from "@colyseus/core";
import type { WebSocket } from "ws";
import { type Directory, listingOf, type RoomRow } from "#server/admission/directory.ts";
import { SEAT_RESERVED_SEC } from "#server/admission/reservations.ts";
import { logError } from "#server/logOnce.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { LOBBY_MESSAGE, type LobbyEntry } from "#shared/protocol/lobby.ts";

/** Changes are gathered and sent at this interval, however often rooms change. */
const UPDATE_INTERVAL_MS = 250;
const PING_INTERVAL_MS = 10_000;

export abstract class LobbyRoom extends Room {
  protected abstract readonly directory: Directory;
  override patchRate = UPDATE_INTERVAL_MS;
  override seatReservationTimeout = SEAT_RESERVED_SEC;
  /** By room ID: the entry that was last sent, and its JSON. */
  readonly #sent = new Map<string, { entry: LobbyEntry; text: string }>();
  /** Whether a room has changed since the list was last read. */
  #isStale = true;
  #unsubscribe: (() => void) | undefined;
  /** Sockets that have not answered their last ping. */
  readonly #silent = new WeakSet<WebSocket>();

  override async onCreate(): Promise<void> {
    this.#unsubscribe = this.directory.onChange(() => {
      this.#isStale = true;
    });
    await this.#update();
    this.clock.setInterval(() => void this.#update(), UPDATE_INTERVAL_MS);
    this.clock.setInterval(() => this.pingAll(), PING_INTERVAL_MS);
  }

  override onJoin(client: Client): void {
    const socket = client.ref as unknown as WebSocket;
    socket.on("pong", () => this.#silent.delete(socket));
    client.send(
      LOBBY_MESSAGE.all,
      Array.from(this.#sent.values(), ({ entry }) => entry),
    );
  }

  override onDispose(): void {
    this.#unsubscribe?.();
  }

  /** On this close code every page reconnects by itself. */
  override onBeforeShutdown(): void {
    this.disconnect(CLOSE.restarting);
  }

  override onUncaughtException(error: RoomException, method: RoomMethodName): void {
    logError(error, "uncaught in the room list", { method });
  }

  /** Reads the list when it has changed, and sends the difference. Never rejects: it tries again at the next interval. */
  async #update(): Promise<void> {
    if (!this.#isStale) return;
    this.#isStale = false;
    try {
      this.#sendChanges((await this.directory.listed()).flatMap(entryOf));
    } catch (error) {
      this.#isStale = true;
      logError(error, "cannot read the room list");
    }
  }

  #sendChanges(entries: readonly LobbyEntry[]): void {
    const gone = new Set(this.#sent.keys());
    for (const entry of entries) {
      gone.delete(entry.roomId);
      const text = JSON.stringify(entry);
      if (this.#sent.get(entry.roomId)?.text === text) continue;
      this.#sent.set(entry.roomId, { entry, text });
      this.broadcast(LOBBY_MESSAGE.put, [entry.roomId, entry]);
    }
    for (const roomId of gone) {
      this.#sent.delete(roomId);
      this.broadcast(LOBBY_MESSAGE.remove, roomId);
    }
  }

  /** Cuts connections that have not answered the last ping, and pings the others. No game traffic reveals dead ones here. */
  pingAll(): void {
    for (const client of this.clients) {
      const socket = client.ref as unknown as WebSocket;
      if (this.#silent.has(socket)) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
      this.#silent.add(socket);
    }
  }
}

/** Colyseus creates the room itself, and hands it no object: each directory has a class of its own. */
export const lobbyRoomOf = (directory: Directory) =>
  class extends LobbyRoom {
    protected override readonly directory = directory;
  };

function entryOf(room: RoomRow): LobbyEntry[] {
  const metadata = listingOf(room);
  return metadata ? [{ roomId: room.roomId, metadata }] : [];
}
