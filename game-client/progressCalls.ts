/** The calls by which screens ask the server about progress, accounts, profiles, matches and leaderboards. */
import type { Fault } from "#shared/arena/fault.ts";
import type { TransferCode } from "#shared/protocol/account.ts";
import type { Leaderboard, MatchPage, Me, PlayerProfile } from "#shared/protocol/progress.ts";
import type { ModeName } from "#shared/schema/names.ts";

/** Why a call failed; STRINGS.account.failures has a sentence for each. */
export type Failure =
  /** No answer: no connection, or the server is down. */
  | "offline"
  /** The server answers, and its database does not. */
  | "away"
  | "tooMany"
  /** The name was changed less than 30 days ago. */
  | "tooSoon"
  | "taken"
  | "badName"
  /** No player, match or route of this name. */
  | "unknown"
  /** The code is wrong, used or too old. */
  | "over"
  /** The sign-in, or the making of a passkey, took too long or did not go through. */
  | "overdue"
  /** No account has this passkey. */
  | "badPasskey"
  /** The passkey's counter went backwards: somebody uses a copy of it. */
  | "copiedPasskey"
  /** The account has as many passkeys as it can have. */
  | "tooManyPasskeys"
  /** The player closed the browser's window, or the device has no passkey for this site: browsers do not say which. */
  | "noPasskey"
  /** The device has one for this account already. */
  | "hasPasskey"
  /** The browser or the address does not allow passkeys. */
  | "noPasskeys"
  /** No account has this sign-in at the OpenID provider, and this device's account did not ask to link it. */
  | "notLinked"
  /** The sign-in at the OpenID provider, which the player wants to link, opens another account. */
  | "linkedElsewhere"
  /** Too many people bring arenas right now. */
  | "busy"
  /** The visitor has brought, or has drawn, as many arenas as the server keeps for a player. */
  | "tooManyArenas"
  | "tooManyDrafts"
  /** The server keeps no more arenas at all. */
  | "noRoom"
  /** A moderator has removed this very arena. */
  | "arenaRemoved"
  /** Whoever rates must have finished a match. */
  | "notPlayed"
  | "ownArena"
  | "refused";

export class CallFailed extends Error {
  readonly why: Failure;
  /** Seconds to wait, with "tooMany" and "tooSoon". */
  readonly waitSec: number;
  /** The answer's HTTP status; undefined without an answer. */
  readonly code: number | undefined;
  /** The faults of the map that was sent. */
  readonly faults: readonly Fault[] | undefined;

  constructor(
    why: Failure,
    {
      code,
      waitSec = 0,
      faults,
    }: { code?: number; waitSec?: number; faults?: readonly Fault[] | undefined } = {},
  ) {
    super(why);
    this.why = why;
    this.code = code;
    this.faults = faults;
    this.waitSec = waitSec;
  }
}

export interface LeaderboardQuestion {
  mode: ModeName;
  span: Leaderboard["span"];
  /** A past season, such as "2026-3"; undefined for the current one. */
  at?: string | undefined;
}

/** Every request rejects with a CallFailed. */
export interface ProgressCalls {
  /** False for a visitor without an identity, who has gained nothing yet. */
  isKnown(): boolean;
  me(): Promise<Me>;
  /** Wears a look (career/looks.ts `packLook`). */
  chooseLook(look: number): Promise<Me>;
  player(name: string): Promise<PlayerProfile>;
  match(id: string): Promise<MatchPage>;
  /** The browser revalidates by the answer's ETag: an unchanged table costs a status line. */
  leaderboard(question: LeaderboardQuestion): Promise<Leaderboard>;

  setName(name: string): Promise<Me>;
  addPasskey(): Promise<Me>;
  /** Removes a passkey, or unlinks an OpenID provider. */
  removeCredential(id: string): Promise<Me>;
  makeCode(): Promise<TransferCode>;
  /** The JSON file. */
  data(): Promise<Blob>;
  /** After these the page has another identity. */
  signInByPasskey(): Promise<Me>;
  signInByCode(code: string): Promise<Me>;
  signInByTicket(ticket: string): Promise<Me>;
  signOut(everywhere: boolean): Promise<Me>;
  deleteAccount(name: string): Promise<Me>;
  /** The address of the OpenID provider. `link`: to link it with the account, instead of signing in. */
  openIdAddress(link: boolean): Promise<string>;
}
