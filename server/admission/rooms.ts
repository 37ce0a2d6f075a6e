/** The rooms of this server, wherever they run: the front looks them up, asks them, and opens new ones. */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Visitor } from "#server/edge/visitor.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import type { Directory } from "./directory.ts";
import type { Answered, AskProcess, AskRoom, TryOutRoom } from "./roomQuestions.ts";
import type { RoomSnapshot } from "./roomSnapshot.ts";

export interface Rooms {
  readonly directory: Directory;
  readonly ask: AskRoom;
  /** Opens a room, with the least loaded process. Refused with REFUSAL.serverFull if there are MAX_ROOMS. */
  open(options: JoinOptions, tryOut?: TryOutRoom): Promise<Answered<{ code: string }>>;
  /** Whether the identity has a seat in any room. */
  hasSeat(identity: string): Promise<boolean>;
  /** Frees one of the places in these rooms, or in all, that nobody uses. `by`: for whom their own kept seat counts. */
  freeOnePlace(rooms?: readonly string[], by?: Visitor): Promise<void>;
  /** Gives the connection of an accepted handshake to the room's process. `onClosed`: called once, when it has closed. */
  handOver(roomId: string, connection: Connection, onClosed: () => void): void;
}

/** A connection that asks to become a WebSocket. `head`: the bytes after the request. */
export interface Connection {
  readonly request: IncomingMessage;
  readonly socket: Socket;
  readonly head: Buffer;
}

/** Opens a room again under its code, from its snapshot. Never rejects. */
export type Reopen = (snapshot: RoomSnapshot) => Promise<Answered<null>>;

/** A process that has rooms: this one, a child of the front, or the front that this one replaces. */
export interface RoomProcess {
  /** Colyseus' process id. */
  readonly id: string;
  readonly ask: AskRoom;
  readonly askProcess: AskProcess;
  handOver: Rooms["handOver"];
  /** Share of the last seconds that its event loop spent in ticks and patches, 0 to 1. */
  readonly load: number;
  /** Whether new rooms may be opened in it. */
  readonly takesRooms: boolean;
}
