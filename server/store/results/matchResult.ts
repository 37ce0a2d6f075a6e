/** A finished match, as a room hands it over and the outbox keeps it until the store has counted it. */
import { z } from "zod";
import { FEAT_NAMES, MODE_NAMES } from "#shared/schema/names.ts";
import type { WeaponStats as SimWeaponStats } from "#shared/sim/world.ts";
import { WEAPONS, type WeaponName } from "#shared/tuning.ts";

/** People and bots of one result; far more than a room sees in a match. */
export const PLAYERS_MAX = 1000;

const count = z.int().min(0);
const WEAPON_NAMES = Object.keys(WEAPONS) as WeaponName[];

const WeaponStats = z.strictObject({
  shots: count,
  hits: count,
  kills: count,
  damage: count,
}) satisfies z.ZodType<SimWeaponStats>;

/** One person or bot. A person who left and came back within the match is one player. */
const MatchPlayer = z.strictObject({
  /** The visitor's identity; null for bots and for visitors without one, for whom nothing is counted. */
  identity: z.string().max(64).nullable(),
  isBot: z.boolean(),
  /** Equal for players of one network within this match, and meaningless beyond: it reveals no address. */
  network: count.nullable(),
  /** As others saw it: up to 64 code units, and a number behind them. */
  name: z.string().max(80),
  /** 0 or 1 in a mode of two sides; of its own for each player otherwise. */
  team: count,
  /** 1 is the winner's; in a mode of two sides the side's. Equal for a tie. */
  place: z.int().min(1),
  score: z.int(),
  kills: count,
  deaths: count,
  assists: count,
  /** Dealt to others, in hp. */
  damage: count,
  /** Flags captured. */
  flags: count,
  hillSec: z.number().min(0),
  longestStreak: count,
  weapons: z.partialRecord(z.enum(WEAPON_NAMES), WeaponStats),
  /** How often the player did each feat. Missing in files of earlier versions. */
  feats: z.partialRecord(z.enum(FEAT_NAMES), count).default({}),
  medals: z.array(z.string().max(32)).max(16),
  playedSec: z.number().min(0),
  /** Why the player was gone at the end, and how far into the match; null for one who stayed. */
  left: z
    .strictObject({
      why: z.enum(["left", "kicked", "banned", "idle", "spectates"]),
      afterSec: z.number().min(0),
    })
    .nullable(),
});

export const MatchResult = z.strictObject({
  /** A UUIDv7, drawn when the match began: what makes counting a result twice impossible. */
  id: z.uuidv7(),
  /** PROTOCOL_VERSION of the server that played it. */
  protocol: count,
  arena: z.string().max(64),
  mode: z.enum(MODE_NAMES),
  isHosted: z.boolean(),
  rules: z.strictObject({ timeLimitSec: z.number(), scoreLimit: count, friendlyFire: z.boolean() }),
  /** Milliseconds since 1970. */
  startedAt: z.int(),
  endedAt: z.int(),
  how: z.enum(["scoreLimit", "timeLimit", "draw", "calledOff"]),
  /** By side; null in a mode without sides. */
  teamScores: z.tuple([z.int(), z.int()]).nullable(),
  players: z.array(MatchPlayer).max(PLAYERS_MAX),
});
export type MatchResult = z.infer<typeof MatchResult>;
export type MatchPlayer = z.infer<typeof MatchPlayer>;
