/**
 * A room that tells a list to everybody who is connected: all rows at first, then each change, with the messages of
 * Colyseus' LobbyRoom ("rooms", "+", "-"). It takes no messages.
 */
import { type Client, Room, type RoomException, type RoomMethodName } from "@colyseus/core";
import { SEAT_RESERVED_SEC } from "#server/admission/reservations.ts";
import { logError } from "#server/logOnce.ts";
import { PING_INTERVAL_MS, Pings } from "#server/rooms/pings.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { LOBBY_MESSAGE } from "#shared/protocol/lobby.ts";

/** Changes are gathered and sent at this interval, however often rows change. */
const UPDATE_INTERVAL_MS = 250;

export interface ListRow<Entry> {
  /** The room's code. */
  readonly id: string;
  readonly entry: Entry;
  /** Clients are sent the entry when its text has changed. */
  readonly text: string;
}

export abstract class ListRoom<Entry> extends Room {
  override patchRate = UPDATE_INTERVAL_MS;
  override seatReservationTimeout = SEAT_RESERVED_SEC;
  /** The rows that were last sent, by id. */
  readonly #sent = new Map<string, ListRow<Entry>>();
  #isReading = false;
  readonly #pings = new Pings();

  /** All rows; undefined if nothing has changed since the last call. When it rejects, it is called again. */
  protected abstract read(): Promise<readonly ListRow<Entry>[] | undefined>;

  /** Subclasses take options. */
  override async onCreate(_options?: unknown): Promise<void> {
    await this.#update();
    this.clock.setInterval(() => void this.#update(), UPDATE_INTERVAL_MS);
    this.clock.setInterval(() => this.pingAll(), PING_INTERVAL_MS);
  }

  override onJoin(client: Client): void {
    this.#pings.follow(client);
    client.send(
      LOBBY_MESSAGE.all,
      Array.from(this.#sent.values(), ({ entry }) => entry),
    );
  }

  /** On this close code every page reconnects by itself. */
  override onBeforeShutdown(): void {
    this.disconnect(CLOSE.restarting);
  }

  override onUncaughtException(error: RoomException, method: RoomMethodName): void {
    logError(error, `uncaught in the room "${this.roomName}"`, { method });
  }

  /** Reads the list, and sends the difference. Never rejects: it tries again at the next interval. */
  async #update(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      const rows = await this.read();
      if (rows) this.#sendChanges(rows);
    } catch (error) {
      logError(error, `cannot read the list of the room "${this.roomName}"`);
    } finally {
      this.#isReading = false;
    }
  }

  #sendChanges(rows: readonly ListRow<Entry>[]): void {
    const gone = new Set(this.#sent.keys());
    for (const row of rows) {
      gone.delete(row.id);
      const before = this.#sent.get(row.id);
      // Whoever joins next gets the newest entry in any case.
      this.#sent.set(row.id, row);
      if (before?.text !== row.text) this.broadcast(LOBBY_MESSAGE.put, [row.id, row.entry]);
    }
    for (const id of gone) {
      this.#sent.delete(id);
      this.broadcast(LOBBY_MESSAGE.remove, id);
    }
  }

  /** No game traffic reveals dead connections here. */
  pingAll(): void {
    this.#pings.ping(this.clients);
  }
}
