/** What a room says of itself to those who look for one: brought up to date, but not with every change at once. */

import type { HostSuccession } from "#server/rooms/host/hostSuccession.ts";
import { playersIn, spectatorsIn } from "#server/rooms/seats.ts";
import type { Settings } from "#server/rooms/settings.ts";
import { censor } from "#server/services/wordFilter.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import type { ArenaState } from "#shared/schema/state.ts";

/** Whoever looks at the list is told as often as this. */
const EVERY_MS = 1_000;

export interface ListedParts {
  readonly state: ArenaState;
  readonly settings: Settings;
  readonly hosting: HostSuccession;
}

/** For Colyseus' matchmaking. What is not listed is private: only who knows its code finds it. */
export interface Listed {
  readonly metadata: RoomListing;
  readonly private: boolean;
  /** After `private`: Colyseus no longer tells the list about a room that is unlisted already. */
  readonly unlisted: boolean;
}

export class Listing {
  readonly #parts: ListedParts;
  #told = "";
  #dueMs = Number.NEGATIVE_INFINITY;

  constructor(parts: ListedParts) {
    this.#parts = parts;
  }

  /** What is to be told, if it is time and something has changed. `nowMs` is on the room's clock. */
  news(nowMs: number): Listed | undefined {
    if (nowMs < this.#dueMs) return undefined;
    this.#dueMs = nowMs + EVERY_MS;
    const listed = listedAs(this.#parts);
    const text = JSON.stringify(listed);
    if (text === this.#told) return undefined;
    this.#told = text;
    return listed;
  }
}

function listedAs({ state, settings: { now }, hosting }: ListedParts): Listed {
  const { map, hosted, password, locked } = state;
  const isHidden = hosted && !now.listed;
  const metadata: RoomListing = {
    ...{ title: censor(now.title || hostsName(state, hosting)), hosted, mode: state.mode, map },
    ...{ players: playersIn(state), playersMax: now.players, bots: botsIn(state) },
    ...{ spectators: spectatorsIn(state), password, locked, spectating: now.spectating },
  };
  return { metadata, private: isHidden, unlisted: isHidden };
}

const hostsName = ({ roster }: ArenaState, { host = "" }: HostSuccession): string =>
  roster.get(host)?.name ?? "";

const botsIn = ({ roster }: ArenaState): number =>
  Array.from(roster.values()).filter(({ bot }) => bot).length;
