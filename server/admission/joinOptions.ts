/** Parses join options, and asks a room whether it takes their sender. */
import { type AuthContext, matchMaker, ServerError } from "@colyseus/core";
import type { Visitor } from "#server/edge/visitor.ts";
import { censor } from "#server/services/wordFilter.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { DEFAULT_NAME } from "#shared/protocol/playerName.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";

/** Parsed join options with the visitor's identity and network; bots and development have no identity. */
export interface Admission extends Visitor, Pick<JoinOptions, "password" | "spectate"> {
  /** Cleaned and censored: safe to show to other players. */
  name: string;
}

/** Defaults for a player who returns after a hot reload, the only one who comes without a full admission. */
export const UNKNOWN: Admission = {
  name: DEFAULT_NAME,
  password: "",
  spectate: false,
  identity: undefined,
  network: "",
  isExempt: true,
};

/**
 * A room's onAuth: join options → admission. Expects the visitor that `contextOf` put into the context. Throws
 * ServerError with a REFUSAL code: stalePage, badJoinOptions or badSettings.
 */
export function admit(options: unknown, context: AuthContext): Admission {
  const { name, protocol, password, spectate } = parseJoinOptions(options);
  if (protocol !== undefined && protocol !== PROTOCOL_VERSION) {
    throw new ServerError(
      REFUSAL.stalePage,
      `this page speaks protocol ${protocol}, the server ${PROTOCOL_VERSION}: reload the page`,
    );
  }
  const { identity, network = "", isExempt = false } = (context.req ?? {}) as Partial<Visitor>;
  return { name: censor(name), password, spectate, identity, network, isExempt };
}

/** Throws ServerError with REFUSAL.badJoinOptions or REFUSAL.badSettings; the message names the first wrong option. */
export function parseJoinOptions(options: unknown): JoinOptions {
  const parsed = JoinOptions.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") || "options";
  const code = issue?.path[0] === "settings" ? REFUSAL.badSettings : REFUSAL.badJoinOptions;
  throw new ServerError(code, `join option "${field}": ${issue?.message ?? "is wrong"}`);
}

/** The auth context in which a room's onAuth finds the visitor. */
export const contextOf = (visitor: Visitor): AuthContext => ({
  ip: visitor.network,
  headers: new Headers(),
  req: visitor,
});

/** Implemented by a room that may refuse newcomers. */
export interface Entrance {
  /** Throws ServerError with a REFUSAL code that concerns the room: from wrongPassword to networkFull. */
  assertEntry(options: JoinOptions, visitor: Visitor): void;
  /** The places to free when somebody asks for one in vain; `by`: for whom their own kept seat counts as well. */
  unusedPlaces(by?: Visitor): UnusedPlace[];
}

/** A place that nobody uses: a seat kept for a dropped player, or an idle player's. */
export interface UnusedPlace {
  readonly isKept: boolean;
  /** For how long nobody has used it, ms. */
  readonly forMs: number;
  /** It is free a moment later. */
  free(): void;
}

/**
 * Asks a room whether it takes the visitor, before a seat is reserved. Colyseus asks only the room's class, which knows
 * neither the room's password nor its bans. Throws what the room throws; a room without `assertEntry` takes everyone.
 */
export function assertEntry(roomId: string, options: JoinOptions, visitor: Visitor): void {
  entranceOf(roomId)?.assertEntry?.(options, visitor);
}

/** Frees one of the places in these rooms that nobody uses: kept seats before idle players, the oldest first. */
export function freeOnePlace(roomIds: readonly string[], by?: Visitor): void {
  const unused = roomIds.flatMap((roomId) => entranceOf(roomId)?.unusedPlaces?.(by) ?? []);
  unused.sort((a, b) => Number(b.isKept) - Number(a.isKept) || b.forMs - a.forMs);
  unused[0]?.free();
}

const entranceOf = (roomId: string): Partial<Entrance> | undefined =>
  matchMaker.getLocalRoomById(roomId) as unknown as Partial<Entrance> | undefined;
