/** The rooms that there are, as their processes report them, and what the public may know about each. */
import type { IRoomCache } from "@colyseus/core";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import type { ModeName } from "#shared/schema/names.ts";

/** The metadata that a room gives to the matchmaker. */
export interface RoomMetadata extends RoomListing {
  /** Average of its people's points in its mode, for quick play; null without people. */
  points: number | null;
}

/** A room as its process reports it. `metadata` is missing until the room has published it. */
export type RoomRow = IRoomCache<RoomMetadata | undefined>;

/** A lookup costs the same however many rooms there are; with Redis, those of other machines are among them. */
export interface Directory {
  find(code: string): Promise<RoomRow | undefined>;
  /** Public rooms that quick play may lead into, the fullest first, at most FOUND_MAX. `mode`: undefined for any. */
  withPlace(mode: ModeName | undefined): Promise<RoomRow[]>;
  /** The rooms of the public list, at most LISTED_MAX: the fullest. */
  listed(): Promise<RoomRow[]>;
  /** Notes a code as a room's. Resolves to false if the directory remembers it as one already. */
  drawCode(code: string): Promise<boolean>;
  /** Whether the code was a room's, which may still be open. */
  wasDrawn(code: string): Promise<boolean>;
  /** Calls back after the list may have changed. The returned function ends that. */
  onChange(listener: () => void): () => void;
  /** The rooms of this machine. */
  readonly own: ReadonlyMap<string, RoomRow>;
  /** Whether this machine has the room, or is opening it again. */
  isOwn(code: string): boolean;
}

export const FOUND_MAX = 50;
export const LISTED_MAX = 200;

/** The fields of a listing; anything else in a room's metadata stays private. */
const FIELDS: Readonly<Record<keyof RoomListing, true>> = {
  title: true,
  hosted: true,
  mode: true,
  map: true,
  mapTitle: true,
  players: true,
  playersMax: true,
  bots: true,
  spectators: true,
  password: true,
  locked: true,
  spectating: true,
};

/** Undefined for a room that has not published its metadata yet. */
export function listingOf({ metadata }: RoomRow): RoomListing | undefined {
  if (!metadata) return undefined;
  const entries = Object.keys(FIELDS).map((field) => [field, metadata[field as keyof RoomListing]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as RoomListing;
}

/** Whether the public list shows the room. To Colyseus an unlisted room is private. */
export const isListed = ({ private: isPrivate, unlisted, metadata }: RoomRow): boolean =>
  metadata !== undefined && !isPrivate && !unlisted;

/** Whether quick play may lead into the room, if a place suits. */
export const isOpen = (row: RoomRow): boolean => isListed(row) && !row.locked && !row.metadata?.hosted;

/** More than any room holds: rooms with a place rank before all that have none, however full. */
const WITH_PLACE = 100_000;

/** Ranks rooms for quick play: a page of the highest never consists of full rooms while others have a place. */
export function openRank({ clients, metadata }: RoomRow): number {
  const players = clients - (metadata?.spectators ?? 0);
  return clients + (players < (metadata?.playersMax ?? 0) ? WITH_PLACE : 0);
}

/** Links outlive rooms: this many of the newest codes stay known as a room's, in about 1 MB. */
const REMEMBERED_MAX = 10_000;

/** The directory of one machine, in memory. */
export class LocalDirectory implements Directory {
  readonly #rows = new Map<string, RoomRow>();
  /** Codes that were drawn here, or were rooms here; oldest first. */
  readonly #drawn = new Set<string>();
  readonly #listeners = new Set<(code: string) => void>();
  /** For a room that is being opened again after its process died: resolves when that is over (cluster/processes/revival.ts). */
  settled: (code: string) => Promise<void> | undefined = () => undefined;

  get own(): ReadonlyMap<string, RoomRow> {
    return this.#rows;
  }

  /** Connected clients of all its rooms. */
  get clients(): number {
    return [...this.#rows.values()].reduce((sum, { clients }) => sum + clients, 0);
  }

  /** A process reports a room, or what has changed of it. */
  put(row: RoomRow): void {
    // A room that was restored, or has moved here, was drawn by another process.
    if (!this.#rows.has(row.roomId)) this.#noteDrawn(row.roomId);
    this.#rows.set(row.roomId, row);
    this.#changed(row.roomId);
  }

  /** `processId`: ignored if another process has the room by now. */
  remove(code: string, processId: string): void {
    if (this.#rows.get(code)?.processId !== processId) return;
    this.#rows.delete(code);
    this.#noteDrawn(code);
    this.#changed(code);
  }

  isOwn(code: string): boolean {
    return this.#rows.has(code) || this.settled(code) !== undefined;
  }

  async find(code: string): Promise<RoomRow | undefined> {
    await this.settled(code);
    return this.#rows.get(code);
  }

  async withPlace(mode: ModeName | undefined): Promise<RoomRow[]> {
    return this.#highest(
      (row) => isOpen(row) && (mode === undefined || row.metadata?.mode === mode),
      openRank,
      FOUND_MAX,
    );
  }

  async listed(): Promise<RoomRow[]> {
    return this.#highest(isListed, ({ clients }) => clients, LISTED_MAX);
  }

  async drawCode(code: string): Promise<boolean> {
    if (this.#drawn.has(code) || this.isOwn(code)) return false;
    this.#noteDrawn(code);
    return true;
  }

  async wasDrawn(code: string): Promise<boolean> {
    return this.#drawn.has(code) || this.isOwn(code);
  }

  /** The listener gets the code of the room that has changed. */
  onChange(listener: (code: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** As the newest. */
  #noteDrawn(code: string): void {
    this.#drawn.delete(code);
    this.#drawn.add(code);
    const [oldest] = this.#drawn;
    if (this.#drawn.size > REMEMBERED_MAX && oldest !== undefined) this.#drawn.delete(oldest);
  }

  #changed(code: string): void {
    for (const listener of this.#listeners) listener(code);
  }

  #highest(fits: (row: RoomRow) => boolean, rank: (row: RoomRow) => number, max: number): RoomRow[] {
    const rows = [...this.#rows.values()].filter(fits);
    return rows.sort((a, b) => rank(b) - rank(a)).slice(0, max);
  }
}
