/** What a room publishes to the room list and to quick play, at most once a second. */
import type { RoomMetadata } from "#server/admission/directory.ts";
import type { HostSuccession } from "#server/rooms/host/hostSuccession.ts";
import type { People } from "#server/rooms/people.ts";
import { playersIn, spectatorsIn } from "#server/rooms/seats.ts";
import type { Settings } from "#server/rooms/settings.ts";
import type { Arena } from "#shared/arena/arena.ts";
import type { ArenaState } from "#shared/schema/state.ts";

const INTERVAL_MS = 1_000;

export interface ListedRoom {
  readonly state: ArenaState;
  readonly world: { readonly arena: Pick<Arena, "title"> };
  readonly settings: Settings;
  readonly succession: HostSuccession;
  readonly people: Pick<People, "averagePoints">;
}

/** For Room.setMatchmaking. A private room can be found by its code only. */
export interface Matchmaking {
  readonly metadata: RoomMetadata;
  readonly private: boolean;
  /** Must come after `private`: once a room is unlisted, Colyseus sends the list no more changes of it. */
  readonly unlisted: boolean;
}

export class RoomListingUpdates {
  readonly #room: ListedRoom;
  #published = "";
  #dueMs = Number.NEGATIVE_INFINITY;

  constructor(room: ListedRoom) {
    this.#room = room;
  }

  /** The matchmaking data to publish, if it has changed; it is compared at most every INTERVAL_MS. */
  next(nowMs: number): Matchmaking | undefined {
    if (nowMs < this.#dueMs) return undefined;
    this.#dueMs = nowMs + INTERVAL_MS;
    const matchmaking = matchmakingOf(this.#room);
    const text = JSON.stringify(matchmaking);
    if (text === this.#published) return undefined;
    this.#published = text;
    return matchmaking;
  }
}

function matchmakingOf({
  state,
  world: { arena },
  settings: { now },
  succession,
  people,
}: ListedRoom): Matchmaking {
  const isHidden = state.hosted && !now.listed;
  const metadata: RoomMetadata = {
    title: now.title || hostName(state, succession),
    hosted: state.hosted,
    mode: state.mode,
    map: state.map,
    ...(arena.title && { mapTitle: arena.title }),
    players: playersIn(state),
    playersMax: now.players,
    bots: botsIn(state),
    spectators: spectatorsIn(state),
    password: state.password,
    locked: state.locked,
    spectating: now.spectating,
    points: people.averagePoints(),
  };
  return { metadata, private: isHidden, unlisted: isHidden };
}

const hostName = ({ roster }: ArenaState, { host = "" }: HostSuccession): string =>
  roster.get(host)?.name ?? "";

const botsIn = ({ roster }: ArenaState): number =>
  Array.from(roster.values()).filter(({ bot }) => bot).length;
