/**
 * How a room is played, as its host sets it: one schema for the form, the server and the tests. Public rooms have
 * settings too, and nobody who changes them.
 */
import { z } from "zod";
import { SEAT_KEPT_SEC, TICKS_PER_SEC, TITLE_MAX_CHARS } from "#shared/config.ts";
import { MODES, type ModeName } from "#shared/modes/modes.ts";
import type { Rules } from "#shared/modes/rules.ts";
import { cleanText } from "./cleanText.ts";

/** Who decides which side a player is on: the room keeps them even, each for themselves, or the host. */
export const TEAM_CHOICES = ["even", "own", "host"] as const;
/** What who watches may see: nothing, what the player they follow sees, or everything, ten seconds late. */
export const SPECTATING = ["off", "follow", "delayed"] as const;
export const BOT_SKILLS = ["easy", "normal", "hard"] as const;

/** Legal ranges; a form shows them, and the schema holds to them. */
export const SETTING_RANGES = {
  players: { min: 2, max: 32 },
  bots: { min: 0, max: 31 },
  scoreLimit: { min: 1, max: 500 },
  timeLimitMin: { min: 1, max: 60 },
  seatKeptSec: { min: 30, max: 120 },
} as const;

const ranged = ({ min, max }: { min: number; max: number }) => z.int().min(min).max(max);

export const RoomSettings = z.object({
  /** What the list of rooms calls it; empty: by its host's name. */
  title: z
    .string()
    .transform((raw) => cleanText(raw, TITLE_MAX_CHARS))
    .default(""),
  mode: z.enum(Object.keys(MODES) as [ModeName, ...ModeName[]]).default("deathmatch"),
  /** A map that the server has and that is made for the mode: the server checks it. */
  map: z
    .string()
    .regex(/^[\w-]{1,32}$/)
    .default("foundry"),
  /** Places for players; spectators do not count. */
  players: ranged(SETTING_RANGES.players).default(8),
  /** Drones that bots steer; as players come, they make room for them when `players` is reached. */
  bots: ranged(SETTING_RANGES.bots).default(3),
  botSkill: z.enum(BOT_SKILLS).default("normal"),
  /** 0: what the mode says. */
  scoreLimit: z.union([z.literal(0), ranged(SETTING_RANGES.scoreLimit)]).default(0),
  timeLimitMin: ranged(SETTING_RANGES.timeLimitMin).default(5),
  friendlyFire: z.boolean().default(false),
  teamChoice: z.enum(TEAM_CHOICES).default("even"),
  spectating: z.enum(SPECTATING).default("follow"),
  /** Whether the list of rooms shows it. */
  listed: z.boolean().default(false),
  /** How long a dropped player's seat is kept. */
  seatKeptSec: ranged(SETTING_RANGES.seatKeptSec).default(SEAT_KEPT_SEC),
  /** Whether players vote on mode and map of the next match; otherwise these settings say. */
  vote: z.boolean().default(false),
});
export type RoomSettings = z.infer<typeof RoomSettings>;
export type SettingName = keyof RoomSettings;

/** Some of them, as a host changes them; what is not there stays. */
export const SettingsChange = z.object(
  Object.fromEntries(
    Object.entries(RoomSettings.shape).map(([name, field]) => [name, field.unwrap().optional()]),
  ) as { [Name in SettingName]: z.ZodOptional<(typeof RoomSettings.shape)[Name]["def"]["innerType"]> },
);
export type SettingsChange = z.infer<typeof SettingsChange>;

/** In force with the next match; all others at once. */
export const NEXT_MATCH_SETTINGS: readonly SettingName[] = ["mode", "map"];

/** What a match is played by under these settings. */
export const rulesUnder = ({ mode, scoreLimit, timeLimitMin, friendlyFire }: RoomSettings): Rules => ({
  mode,
  scoreLimit: scoreLimit || MODES[mode].scoreLimit,
  timeLimitTicks: timeLimitMin * 60 * TICKS_PER_SEC,
  friendlyFire,
});
