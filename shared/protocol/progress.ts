/** Bodies of the routes in http.ts that read what is stored: own progress, profiles, matches, leaderboards. */
import type { ChallengeName } from "#shared/career/challenges.ts";
import type { LookPart } from "#shared/career/looks.ts";
import type { MedalName } from "#shared/career/medals.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { MatchEnd } from "#shared/sim/event.ts";
import type { WeaponStats } from "#shared/sim/world.ts";
import type { WeaponName } from "#shared/tuning.ts";

/** Why a match changed no rating. */
export type WhyUnrated = "hosted" | "calledOff" | "tooShort" | "tooFew" | "oneNetwork";

/** Server → client in a notice of type "result", to each player of a match that has ended. */
export type ResultNews =
  /** On the server's disk, but not counted yet: the database is away or slow. */
  { is: "kept"; match: string } | { is: "counted"; match: string; gain: Gain };

/** What one player gained in a match. */
export interface Gain {
  /** With the rewards of challenges. */
  xp: number;
  level: Level;
  /** Null when the match was not rated. */
  points: PointsChange | null;
  /** Null when it was rated. */
  whyUnrated: WhyUnrated | null;
  /** Null for a hosted match, and for one that was counted before a later one. */
  career: CareerGain | null;
}

/** The gain of one match in a career. */
export interface CareerGain {
  /** `tier`: of a lifetime medal, from 1; null for a medal of a match. */
  medals: { medal: MedalName; tier: number | null }[];
  /** Challenges that the match advanced. */
  challenges: ChallengeGain[];
  /** Looks that were unlocked. */
  looks: { part: LookPart; name: string }[];
  /** The best so far in this mode; a first match has none. */
  bests: { of: "score" | "kills" | "streak"; value: number }[];
}

export interface ChallengeGain {
  challenge: ChallengeName;
  /** After the match; at least `goal` once it is done. */
  progress: number;
  goal: number;
  /** The reward, if the match completed it; else 0. */
  xp: number;
}

export interface ChallengeState {
  challenge: ChallengeName;
  progress: number;
  goal: number;
  /** The reward for completing it. */
  xp: number;
  isDone: boolean;
  /** Milliseconds since 1970. */
  endsAt: number;
}

/** How often a medal was earned; of a lifetime medal the tier, from 1. */
export interface MedalCount {
  medal: MedalName;
  count: number;
}

/** The asking player's career. */
export interface Career {
  medals: MedalCount[];
  /** How far the medals of a lifetime are, by name. */
  lifetime: Partial<Record<MedalName, number>>;
  /** Three of today, then the week's. */
  challenges: ChallengeState[];
  /** Challenges completed so far. */
  completed: number;
  /** The names of what the player may wear, by part. */
  owned: Record<LookPart, string[]>;
  /** The player's look (career/looks.ts `packLook`). */
  look: number;
  modes: ModeSums[];
  weapons: WeaponSums[];
}

export interface PointsChange {
  mode: ModeName;
  before: number;
  after: number;
}

/** `fromXp` ≤ `xp` < `toXp`: this level began at `fromXp`, and the next one begins at `toXp`. */
export interface Level {
  level: number;
  xp: number;
  fromXp: number;
  toXp: number;
}

/** Place on the ladder of a mode in the current season. */
export interface LadderPlace {
  mode: ModeName;
  points: number;
  games: number;
  /** 1 is the best; null while the player is not listed (too few games, or no account). */
  rank: number | null;
}

/** GET /api/me: the asking visitor's own progress. A guest's `name` is null. */
export interface Me {
  name: string | null;
  level: Level;
  ladders: LadderPlace[];
  career: Career;
  /** Null for guests. */
  account: AccountState | null;
  /** Ways to sign in that this server offers; the account screen shows them. */
  offers: { passkeys: boolean; openid: string | null };
}

export interface AccountState {
  /** Milliseconds since 1970 from when the name may be changed; 0 if it may be now. */
  renameFrom: number;
  passkeys: { id: string; createdAt: number; usedAt: number | null }[];
  /** Linked subjects of OpenID providers; `name` is the provider's. */
  openid: { id: string; name: string; createdAt: number; usedAt: number | null }[];
  devices: number;
}

export interface MatchLine {
  id: string;
  arena: string;
  /** The arena's title, if somebody has brought it and it is still kept. */
  arenaTitle?: string;
  mode: ModeName;
  endedAt: number;
  durationSec: number;
  /** People and bots. */
  players: number;
  place: number;
  isWin: boolean;
  score: number;
  kills: number;
  deaths: number;
  points: Pick<PointsChange, "before" | "after"> | null;
  /** Whether the match can be watched again. */
  hasReplay: boolean;
}

export interface WeaponSums extends WeaponStats {
  weapon: WeaponName;
}

export interface ModeSums {
  mode: ModeName;
  matches: number;
  wins: number;
  kills: number;
  deaths: number;
  assists: number;
  score: number;
  damage: number;
  flags: number;
  hillSec: number;
  playedSec: number;
  bestStreak: number;
  bestScore: number;
  bestKills: number;
}

/** GET /api/players/NAME. Times in milliseconds since 1970. */
export interface PlayerProfile {
  name: string;
  joinedAt: number;
  level: Level;
  /** With the points at the end of each day of the season: [day (its first millisecond), points]. */
  ladders: (LadderPlace & { curve: [number, number][] })[];
  modes: ModeSums[];
  weapons: WeaponSums[];
  /** Most played first. */
  arenas: { arena: string; arenaTitle?: string; matches: number }[];
  medals: MedalCount[];
  /** The player's look (career/looks.ts `packLook`). */
  look: number;
  /** The newest 50 public matches, newest first. */
  matches: MatchLine[];
}

/** As the store has it. */
export interface StoredProfile extends Omit<PlayerProfile, "matches"> {
  matches: StoredLine[];
}

export type StoredLine = Omit<MatchLine, "hasReplay">;

/** A player of a match page. */
export interface MatchPlayerLine {
  name: string;
  /** Whether the name is an account's, with a page of its own. */
  hasPage: boolean;
  isBot: boolean;
  team: number;
  place: number;
  score: number;
  kills: number;
  deaths: number;
  assists: number;
  damage: number;
  flags: number;
  hillSec: number;
  longestStreak: number;
  weapons: WeaponSums[];
  medals: string[];
  playedSec: number;
  /** Why the player was gone at the end, and how far into the match; null for one who stayed. */
  left: { why: string; afterSec: number } | null;
  points: Pick<PointsChange, "before" | "after"> | null;
}

/** GET /api/matches/ID. */
export interface MatchPage {
  id: string;
  arena: string;
  /** The arena's title, if somebody has brought it and it is still kept. */
  arenaTitle?: string;
  mode: ModeName;
  isHosted: boolean;
  startedAt: number;
  endedAt: number;
  rules: { timeLimitSec: number; scoreLimit: number; friendlyFire: boolean };
  how: MatchEnd;
  teamScores: [number, number] | null;
  whyUnrated: WhyUnrated | null;
  /** Best first. */
  players: MatchPlayerLine[];
  /** Whether it can be watched again, under its id (ROUTE.replayPage). */
  hasReplay: boolean;
}

/** As the store has it. */
export type StoredMatch = Omit<MatchPage, "hasReplay">;

/** An entry of GET /api/matches: a public match, newest first. */
export interface MatchSummary {
  id: string;
  arena: string;
  /** The arena's title, if somebody has brought it and it is still kept. */
  arenaTitle?: string;
  mode: ModeName;
  endedAt: number;
  durationSec: number;
  players: number;
  /** Name of the winner; null in a mode of sides, and for a draw. */
  winner: string | null;
  teamScores: [number, number] | null;
  hasReplay: boolean;
}

/** As the store has it. */
export type StoredSummary = Omit<MatchSummary, "hasReplay">;

export interface LeaderboardRow {
  rank: number;
  name: string;
  /** Points of the season, or score of the week. */
  value: number;
  games: number;
  isYou: boolean;
}

/** GET /api/leaderboard?mode=MODE&span=season|week&at=SEASON: the top, and the asking player's place with those around it. */
export interface Leaderboard {
  mode: ModeName;
  span: "season" | "week";
  /** Season or week that is shown, such as "2026-4". */
  at: string;
  /** Listed players. */
  players: number;
  top: LeaderboardRow[];
  /** Empty for visitors who are not listed. */
  around: LeaderboardRow[];
}
