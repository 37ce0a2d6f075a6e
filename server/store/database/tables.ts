/** The tables as Kysely's types. migrations.ts creates them; docs/storing.md explains them. */
import type { Generated } from "kysely";
import type { ModeName } from "#shared/schema/names.ts";

/** Milliseconds since 1970. */
type TimeMs = number;
/** SQLite knows no booleans. */
type Flag = 0 | 1;

/** The facts about an arena that lists show without its file. */
export interface ArenaFacts {
  title: string;
  theme: string;
  /** Names with commas between. */
  modes: string;
  columns: number;
  rows: number;
  playersMin: number;
  playersMax: number;
}

export interface Tables {
  /** Everybody who has played: a guest, or the holder of an account once it has a name. */
  player: {
    id: Generated<number>;
    /** Null for guests. */
    name: string | null;
    /** The name as it is compared (names.ts); unique. */
    folded: string | null;
    createdAt: TimeMs;
    /** When the name was last chosen; null for guests. */
    namedAt: TimeMs | null;
    xp: Generated<number>;
    /** The player's look (shared/career/looks.ts `packLook`). */
    look: Generated<number>;
  };
  /** A name that an account had: it redirects to its player, or is kept free of others until `freeAt`. */
  formerName: { folded: string; playerId: number | null; freeAt: TimeMs };
  /** A device: the subject of its tokens, and whose it is. */
  identity: {
    sub: string;
    playerId: number;
    createdAt: TimeMs;
    seenAt: TimeMs;
    /** Signed out: its tokens are refused from then on. */
    revokedAt: TimeMs | null;
  };
  /** A passkey (`id` is the credential's), or a subject of an OpenID provider (`id` is "ISSUER SUBJECT"). */
  credential: {
    id: string;
    playerId: number;
    kind: "passkey" | "openid";
    publicKey: Uint8Array | null;
    counter: number;
    createdAt: TimeMs;
    usedAt: TimeMs | null;
  };
  /** A one-time code that takes an account to another device; one for a player. */
  transferCode: { hash: string; playerId: number; expiresAt: TimeMs };

  match: {
    /** Ascending in the order in which results were counted. */
    id: Generated<number>;
    /** The match's UUIDv7 (uuid.ts). */
    uuid: Uint8Array;
    arena: string;
    mode: ModeName;
    isHosted: Flag;
    startedAt: TimeMs;
    endedAt: TimeMs;
    season: number;
    /** Null if it was rated; otherwise why not (WhyUnrated). */
    whyUnrated: string | null;
    /** The MatchResult, compressed (details.ts), without identities and networks. */
    details: Uint8Array;
  };
  /** What lists of matches show; the rest is in the match's details. */
  matchPlayer: {
    matchId: number;
    /** Index into the players of the result. */
    seat: number;
    /** Null for bots and for players who were deleted. */
    playerId: number | null;
    xp: number;
    pointsBefore: number | null;
    pointsAfter: number | null;
    /** 0: no. 1: the account was deleted, and the name in the match's details must not be shown; 2: it is blank there as well. */
    wasDeleted: Generated<0 | 1 | 2>;
  };

  /** A place on the ladder of a mode in a season (shared/rating). */
  rating: {
    playerId: number;
    mode: ModeName;
    season: number;
    mu: number;
    sigma: number;
    games: number;
    /** What is shown and ranked (pointsOf). */
    points: number;
    /** 1 once it shows on the leaderboard: the player has a name and enough games. */
    listed: Flag;
  };
  /** How many listed ratings lie in each bucket of points: a rank is a sum of these. */
  ratingBucket: { mode: ModeName; season: number; bucket: number; players: number };
  /** The points at the end of each day on which the player was rated: the curve of a profile. */
  ratingDay: { playerId: number; mode: ModeName; day: number; points: number };

  /** Sums over all counted matches. */
  playerMode: {
    playerId: number;
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
    /** 0 until the first match since migration 2. */
    bestScore: number;
    bestKills: number;
  };
  playerWeapon: {
    playerId: number;
    weapon: string;
    shots: number;
    hits: number;
    kills: number;
    damage: number;
  };
  playerArena: { playerId: number; arena: string; matches: number };
  /** Medals of matches (shared/career/medals.ts); those of a lifetime follow from the sums. */
  playerMedal: { playerId: number; medal: string; count: number };
  /** How far a challenge of a day or week is (shared/career/challenges.ts). */
  playerChallenge: {
    playerId: number;
    /** The day or the week, as shared/rating/season.ts numbers them. */
    period: number;
    challenge: string;
    progress: number;
    /** The experience that completing it has brought; 0 until then. */
    reward: number;
  };
  /** What the player's newest public match added to their career, as JSON (CareerGain): to answer a second attempt alike. */
  playerGain: { playerId: number; matchId: number; gain: string };
  /** Sums over the rated matches of a week (shared/rating/season.ts). */
  playerWeek: {
    week: number;
    mode: ModeName;
    playerId: number;
    matches: number;
    /** Ranks the week's leaderboard: scores, each by the worth of the opponents (shared/rating/worth.ts). */
    score: number;
    listed: Flag;
  };

  /** A Tiled file that somebody has brought, or saved as a version of a draft. */
  arena: ArenaFacts & {
    id: Generated<number>;
    /** The SHA-256 of the text, hexadecimal: the map's name on the wire. */
    sha256: string;
    /** Empty once it was removed. */
    tiledJson: string;
    /** Bytes of the text in UTF-8. */
    bytes: number;
    /** 0: a version of a draft that has faults, which no room finds. */
    isPlayable: Flag;
    /** The player who brought it; null for a version, a visitor without an identity and a deleted account. */
    playerId: number | null;
    createdAt: TimeMs;
    /** When a room or a page last read it, to within a day. */
    usedAt: TimeMs;
    /** Since when public rooms play it; null: they do not. */
    featuredAt: TimeMs | null;
    removedAt: TimeMs | null;
    /** Set when a moderator has removed it: it cannot be brought again. */
    removedBy: "host" | "moderator" | null;
  };
  /** One row, of place 0: the bytes of all arenas. */
  arenaTotal: { place: number; bytes: number };
  /** An arena that people draw. */
  draft: {
    /** Part of its link (DRAFT_ID). */
    id: string;
    /** Its owner. */
    playerId: number;
    /** The key in the link for editors. */
    editKey: string;
    title: string;
    /** The Tiled file, compressed (draftFile.ts). */
    file: Uint8Array;
    createdAt: TimeMs;
    changedAt: TimeMs;
    /** The number of the newest version; 0 without one. */
    versions: Generated<number>;
    /** Bytes of the files of all versions. */
    versionBytes: Generated<number>;
  };
  /** A saved state; its file is the arena of that SHA-256. */
  draftVersion: {
    draftId: string;
    number: number;
    sha256: string;
    /** Null for a visitor without an identity, and for a deleted account. */
    authorId: number | null;
    /** The author's name at that time; for an account, its present name is shown instead. */
    author: string;
    note: string;
    at: TimeMs;
  };
  /** The version of a draft that the gallery shows. Its facts are copied from the arena, so that a list reads one table. */
  published: ArenaFacts & {
    draftId: string;
    /** The draft's owner, who has an account. */
    playerId: number;
    sha256: string;
    number: number;
    /** When the draft was first published. */
    publishedAt: TimeMs;
    plays: Generated<number>;
    /** The sum of all ratings, and how many there are. */
    stars: Generated<number>;
    ratings: Generated<number>;
    /** Orders the gallery by ratings (`rankOf` in ratings.ts). */
    rank: number;
  };
  /** Every end of a published arena's folded title, so that a search for any part of it reads a range of the index. */
  publishedTerm: { term: string; draftId: string };
  /** A player has one rating of an arena. */
  arenaRating: { draftId: string; playerId: number; stars: number; at: TimeMs };
}
