/**
 * The live list of rooms: who is in here is told of every arena that is listed, and of each change as it happens, in the
 * words of Colyseus' LobbyRoom ("rooms", "+", "-"). Not that room itself: it tells everybody where each room runs, writes
 * each change anew for each client, and keeps connections of which nobody is there any more.
 */
import { type Client, Room, type RoomException, type RoomMethodName, subscribeLobby } from "@colyseus/core";
import type { WebSocket } from "ws";
import { listedArenas, listingOf } from "#server/admission/directory.ts";
import { SEAT_RESERVED_SEC } from "#server/edge/limits.ts";
import { log } from "#server/log.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { LOBBY_MESSAGE, type LobbyEntry } from "#shared/protocol/lobby.ts";

/** Changes are gathered for so long: however often rooms change, this is how often watchers are told. */
const TELL_EVERY_MS = 250;
const PING_EVERY_MS = 10_000;

export class LobbyRoom extends Room {
  override patchRate = TELL_EVERY_MS;
  override seatReservationTimeout = SEAT_RESERVED_SEC;
  /** As they were told last, by room. */
  readonly #told = new Map<string, { entry: LobbyEntry; text: string }>();
  /** Something has changed since. */
  #stale = true;
  #unsubscribe: (() => void) | undefined;
  /** Sockets that have not answered the last ping. */
  readonly #silent = new WeakSet<WebSocket>();

  override async onCreate(): Promise<void> {
    this.#unsubscribe = await subscribeLobby(() => {
      this.#stale = true;
    });
    await this.#tell();
    this.clock.setInterval(() => void this.#tell(), TELL_EVERY_MS);
    this.clock.setInterval(() => this.pingAll(), PING_EVERY_MS);
  }

  override onJoin(client: Client): void {
    const socket = client.ref as unknown as WebSocket;
    socket.on("pong", () => this.#silent.delete(socket));
    client.send(
      LOBBY_MESSAGE.all,
      Array.from(this.#told.values(), ({ entry }) => entry),
    );
  }

  override onDispose(): void {
    this.#unsubscribe?.();
  }

  /** The server closes: on this code pages come back by themselves. */
  override onBeforeShutdown(): void {
    this.disconnect(CLOSE.restarting);
  }

  override onUncaughtException(error: RoomException, method: RoomMethodName): void {
    log.error({ err: error, method }, "uncaught in the list of rooms");
  }

  /** Never rejects. */
  async #tell(): Promise<void> {
    if (!this.#stale) return;
    this.#stale = false;
    try {
      this.#tellChanges(await listedArenas().then((rooms) => rooms.flatMap(entryOf)));
    } catch (error) {
      this.#stale = true;
      log.error({ err: error }, "the list of rooms could not be read");
    }
  }

  #tellChanges(entries: readonly LobbyEntry[]): void {
    const gone = new Set(this.#told.keys());
    for (const entry of entries) {
      gone.delete(entry.roomId);
      const text = JSON.stringify(entry);
      if (this.#told.get(entry.roomId)?.text === text) continue;
      this.#told.set(entry.roomId, { entry, text });
      this.broadcast(LOBBY_MESSAGE.put, [entry.roomId, entry]);
    }
    for (const roomId of gone) {
      this.#told.delete(roomId);
      this.broadcast(LOBBY_MESSAGE.remove, roomId);
    }
  }

  /** Nobody plays here, so nobody else notices when a connection is gone without a word. */
  pingAll(): void {
    for (const client of this.clients) {
      const socket = client.ref as unknown as WebSocket;
      if (this.#silent.has(socket)) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
      this.#silent.add(socket);
    }
  }
}

function entryOf(room: Parameters<typeof listingOf>[0]): LobbyEntry[] {
  const metadata = listingOf(room);
  return metadata ? [{ roomId: room.roomId, metadata }] : [];
}
