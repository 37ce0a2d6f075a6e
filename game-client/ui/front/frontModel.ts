/** What the page shows, and what one can ask for, before one is in a room. */
import { signal } from "@preact/signals";
import type { JoinOutcome, JoinRequest } from "#client/joinRequest.ts";
import type { RoomList, RoomLookup } from "#client/roomDirectory.ts";
import type { MapOffer } from "#shared/protocol/http.ts";

/** `outcome` is why one is here without having wished to. */
export type FrontScreen =
  | { kind: "title"; outcome?: JoinOutcome | undefined }
  | { kind: "host"; outcome?: JoinOutcome | undefined }
  | { kind: "browse" }
  /** Type or paste a code. */
  | { kind: "code" }
  /** Before a room's door: what it is, and may I come in. */
  | { kind: "gate"; code: string; outcome?: JoinOutcome | undefined };

/** While somebody looks at it. */
export const roomList = signal<RoomList>({ kind: "connecting" });

export interface FrontIntents {
  /** Into a room. */
  enter(name: string, way: JoinRequest): void;
  open(front: FrontScreen): void;
  lookUp(code: string): Promise<RoomLookup>;
  /** Rejects when they cannot be had. */
  listMaps(): Promise<MapOffer[]>;
  /** Keeps `roomList` up to date until the returned function is called. */
  watchRooms(): () => void;
}
