/**
 * Whether a new client may take a seat in a room as it is now: one seat a person, and in a public room at most half of
 * the seats for one network. A player who returns to a kept seat is not asked.
 */
import { ServerError } from "@colyseus/core";
import { BANNED, type Bans } from "#server/admission/bans.ts";
import type { AnyVisitor } from "#server/admission/joinOptions.ts";
import { isSecret } from "#server/edge/secrets.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { SPECTATORS_MAX } from "#shared/config.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import type { People } from "./people.ts";
import { playersIn, spectatorsIn } from "./seats.ts";
import type { Settings } from "./settings.ts";

export interface AdmittingRoom {
  readonly state: ArenaState;
  readonly settings: Settings;
  readonly bans: Bans;
  readonly people: People;
  /** Empty for none. */
  readonly password: string;
}

/** Throws ServerError with a code of REFUSAL. */
export function assertPlace(
  room: AdmittingRoom,
  { password: given, spectate }: Pick<JoinOptions, "password" | "spectate">,
  visitor: AnyVisitor,
): void {
  const { state, settings, bans, password } = room;
  if (bans.isBanned(visitor)) throw new ServerError(REFUSAL.banned, BANNED);
  if (state.locked) throw new ServerError(REFUSAL.roomLocked, "This room is locked.");
  if (password !== "" && !isSecret(given, password)) {
    throw new ServerError(REFUSAL.wrongPassword, "The password is wrong.");
  }
  if (spectate && settings.now.spectating === "off") {
    throw new ServerError(REFUSAL.noSpectators, "Nobody may watch in this room.");
  }
  if (isHere(room, visitor)) {
    throw new ServerError(REFUSAL.alreadyHere, "You have a place in this room already.");
  }
  const taken =
    (spectate ? spectatorsIn(state) : playersIn(state)) - ownSeats(room, visitor, spectate).length;
  const isFull = taken >= (spectate ? SPECTATORS_MAX : settings.now.players);
  if (isFull) throw new ServerError(REFUSAL.roomFull, "There is no place left in this room.");
  if (hasFullShare(room, visitor, spectate)) {
    throw new ServerError(REFUSAL.networkFull, "Your network holds half of this room's places.");
  }
}

/**
 * A dropped player who joins a public room anew, or any room from another device of the account, gives the old seat up
 * (Membership.join); in a hosted room they take it over on the same device, with its rank and score.
 */
function isHere({ state, people }: AdmittingRoom, visitor: AnyVisitor): boolean {
  const mayTakeOver = (id: string) => state.hosted && people.personIn(id)?.identity === visitor.identity;
  return people.seatsOf(visitor).some((id) => !people.isKept(id) || mayTakeOver(id));
}

/** The kept seats that a join gives up. */
const ownSeats = ({ state, people }: AdmittingRoom, visitor: AnyVisitor, spectate: boolean): string[] =>
  people.seatsOf(visitor).filter((id) => state.roster.get(id)?.spectating === spectate);

/** A household fits into the smallest room. */
const SHARE_MIN = 4;

/**
 * Whether the visitor's network holds its share of the places to play or to watch. In a hosted room, whose host answers
 * for the guests, that bounds only visitors without an identity: several of them may be one person.
 */
export function hasFullShare(
  { state, settings, people }: Pick<AdmittingRoom, "state" | "settings" | "people">,
  { identity, network, isExempt }: Visitor,
  spectate: boolean,
): boolean {
  if (isExempt || (state.hosted && identity !== undefined)) return false;
  const share = Math.max(SHARE_MIN, (spectate ? SPECTATORS_MAX : settings.now.players) / 2);
  const held = people.seatsFrom(network).filter((id) => {
    const holder = people.personIn(id)?.identity;
    const counts = holder === undefined || (!state.hosted && holder !== identity);
    return counts && state.roster.get(id)?.spectating === spectate;
  });
  return held.length >= share;
}
