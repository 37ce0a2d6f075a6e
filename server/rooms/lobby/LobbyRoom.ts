/**
 * The live list of rooms. It replaces Colyseus' LobbyRoom, which reveals where each room runs, serialises each change once
 * per client, and keeps dead connections.
 */
import { type Directory, listingOf, type RoomRow } from "#server/admission/directory.ts";
import type { LobbyEntry } from "#shared/protocol/lobby.ts";
import { ListRoom, type ListRow } from "./ListRoom.ts";

export abstract class LobbyRoom extends ListRoom<LobbyEntry> {
  protected abstract readonly directory: Directory;
  /** Whether a room has changed since the list was last read. */
  #isStale = true;
  #unsubscribe: (() => void) | undefined;

  override async onCreate(): Promise<void> {
    this.#unsubscribe = this.directory.onChange(() => {
      this.#isStale = true;
    });
    await super.onCreate();
  }

  override onDispose(): void {
    this.#unsubscribe?.();
  }

  protected override async read(): Promise<readonly ListRow<LobbyEntry>[] | undefined> {
    if (!this.#isStale) return undefined;
    this.#isStale = false;
    try {
      return (await this.directory.listed()).flatMap(rowOf);
    } catch (error) {
      this.#isStale = true;
      throw error;
    }
  }
}

/** Colyseus creates the room itself, and hands it no object: each directory has a class of its own. */
export const lobbyRoomOf = (directory: Directory) =>
  class extends LobbyRoom {
    protected override readonly directory = directory;
  };

function rowOf(room: RoomRow): ListRow<LobbyEntry>[] {
  const metadata = listingOf(room);
  if (!metadata) return [];
  const entry = { roomId: room.roomId, metadata };
  return [{ id: room.roomId, entry, text: JSON.stringify(entry) }];
}
