/** Parses join options, and makes the admission of their sender. */
import { type AuthContext, ServerError } from "@colyseus/core";
import type { Visitor } from "#server/edge/visitor.ts";
import { progress } from "#server/services/progress.ts";
import { censor } from "#server/services/wordFilter.ts";
import type { Entrant } from "#server/store/players/players.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { DEFAULT_NAME } from "#shared/protocol/playerName.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { NEWCOMER, pointsOf } from "#shared/rating/skill.ts";
import type { ModeName } from "#shared/schema/names.ts";

/** Points by mode in the current season; a mode without a rated game is missing. */
export type Points = Entrant["points"];

/** A visitor with what the store knows about them. */
export interface KnownVisitor extends Visitor {
  readonly entrant: Entrant;
}

/** A visitor before or after the store was asked about them. */
export type AnyVisitor = Visitor & Partial<KnownVisitor>;

/** Parsed join options with the visitor; bots and development have no identity. */
export interface Admission extends KnownVisitor, Pick<JoinOptions, "password" | "spectate"> {
  /** Cleaned and censored, or an account's: safe to show to other players. */
  name: string;
}

/** The name of the visitor's account; undefined for guests. */
export const accountOf = ({ entrant }: Pick<AnyVisitor, "entrant">): string | undefined =>
  entrant?.isAccount ? entrant.name : undefined;

const guestOf = (name: string): Entrant => ({ name, isAccount: false, points: {} });

/** Defaults for a player who returns after a hot reload, the only one who comes without a full admission. */
export const UNKNOWN: Admission = {
  name: DEFAULT_NAME,
  entrant: guestOf(DEFAULT_NAME),
  password: "",
  spectate: false,
  identity: undefined,
  network: "",
  isExempt: true,
};

/** Asks the store under which name the visitor plays; a second at most. Never rejects. */
export const recogniseEntrant = async (
  visitor: Visitor,
  { name }: Pick<JoinOptions, "name">,
): Promise<KnownVisitor> => ({
  ...visitor,
  entrant: await progress().entering(visitor.identity, censor(name)),
});

/** Points in this mode; those of a newcomer without a rated game in it. */
export const pointsIn = (points: Points, mode: ModeName): number => points[mode] ?? NEWCOMER_POINTS;
const NEWCOMER_POINTS = pointsOf(NEWCOMER);

/**
 * A room's onAuth: join options → admission. Expects the visitor that `contextOf` put into the context; without an
 * entrant it is a guest. Throws ServerError with a REFUSAL code: stalePage, badJoinOptions or badSettings.
 */
export function admit(options: unknown, context: AuthContext): Admission {
  const { name, protocol, password, spectate } = parseJoinOptions(options);
  if (protocol !== undefined && protocol !== PROTOCOL_VERSION) {
    throw new ServerError(
      REFUSAL.stalePage,
      `this page speaks protocol ${protocol}, the server ${PROTOCOL_VERSION}: reload the page`,
    );
  }
  const known = (context.req ?? {}) as Partial<KnownVisitor>;
  const { identity, network = "", isExempt = false, entrant = guestOf(censor(name)) } = known;
  return { name: entrant.name, entrant, password, spectate, identity, network, isExempt };
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
