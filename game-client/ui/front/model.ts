/** What the page shows, and what one can ask for, before one is in a room. */
import { signal } from "@preact/signals";
import type { MapOffer, RoomList, RoomLookup } from "#client/outside.ts";
import type { Told, Way } from "#client/way.ts";

/** `told` is why one is here without having wished to. */
export type FrontScreen =
  | { kind: "title"; told?: Told | undefined }
  | { kind: "host"; told?: Told | undefined }
  | { kind: "browse" }
  /** Type or paste a code. */
  | { kind: "code" }
  /** Before a room's door: what it is, and may I come in. */
  | { kind: "gate"; code: string; told?: Told | undefined };

/** While somebody looks at it. */
export const roomList = signal<RoomList>({ kind: "connecting" });

export interface FrontIntents {
  /** Into a room. */
  enter(name: string, way: Way): void;
  open(front: FrontScreen): void;
  lookUp(code: string): Promise<RoomLookup>;
  /** Rejects when they cannot be had. */
  listMaps(): Promise<MapOffer[]>;
  /** Keeps `roomList` up to date until the returned function is called. */
  watchRooms(): () => void;
}
