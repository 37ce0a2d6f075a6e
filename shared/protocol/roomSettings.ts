/**
 * How a room is played, as its host sets it: one schema for the form, the server and the tests. Public rooms have
 * settings too, and nobody who changes them. By zod/mini: the page loads it too, and the whole of zod would swell what
 * every visitor downloads.
 */
import * as z from "zod/mini";
import { SEAT_KEPT_SEC, TICKS_PER_SEC, TITLE_MAX_CHARS } from "#shared/config.ts";
import { MODES } from "#shared/modes/modes.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import type { Rules } from "#shared/sim/rules.ts";
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

const ranged = ({ min, max }: { min: number; max: number }) => z.int().check(z.minimum(min), z.maximum(max));
const MODE_ENUM = z.enum(MODE_NAMES);

/** What each may be, and what it is when nothing is said. */
const FIELDS = {
  /** What the list of rooms calls it; empty: by its host's name. */
  title: z._default(
    z.pipe(
      z.string(),
      z.transform((raw) => cleanText(raw, TITLE_MAX_CHARS)),
    ),
    "",
  ),
  mode: z._default(MODE_ENUM, "deathmatch"),
  /** A map that the server has and that is made for the mode: the server checks it. */
  map: z._default(z.string().check(z.regex(/^[\w-]{1,32}$/)), "foundry"),
  /** Places for players; spectators do not count. */
  players: z._default(ranged(SETTING_RANGES.players), 8),
  /** Drones that bots steer; as players come, they make room for them when `players` is reached. */
  bots: z._default(ranged(SETTING_RANGES.bots), 3),
  botSkill: z._default(z.enum(BOT_SKILLS), "normal"),
  /** 0: what the mode says. */
  scoreLimit: z._default(z.union([z.literal(0), ranged(SETTING_RANGES.scoreLimit)]), 0),
  timeLimitMin: z._default(ranged(SETTING_RANGES.timeLimitMin), 5),
  friendlyFire: z._default(z.boolean(), false),
  teamChoice: z._default(z.enum(TEAM_CHOICES), "even"),
  spectating: z._default(z.enum(SPECTATING), "follow"),
  /** Whether the list of rooms shows it. */
  listed: z._default(z.boolean(), false),
  /** How long a dropped player's seat is kept. */
  seatKeptSec: z._default(ranged(SETTING_RANGES.seatKeptSec), SEAT_KEPT_SEC),
  /** Whether players vote on mode and map of the next match; otherwise these settings say. */
  vote: z._default(z.boolean(), false),
};

export const RoomSettings = z.object(FIELDS);
export type RoomSettings = z.infer<typeof RoomSettings>;
export type SettingName = keyof RoomSettings;

/** Some of them, as a host changes them; what is not there stays. */
export const SettingsChange = z.object(
  Object.fromEntries(
    Object.entries(FIELDS).map(([name, field]) => [name, z.optional(field.def.innerType)]),
  ) as { [Name in SettingName]: z.ZodMiniOptional<(typeof FIELDS)[Name]["def"]["innerType"]> },
);
export type SettingsChange = z.infer<typeof SettingsChange>;

/** In force with the next match; all others at once. */
export const NEXT_MATCH_SETTINGS: readonly SettingName[] = ["mode", "map"];

/** What a match is played by under these settings. */
export const rulesUnder = ({ mode, scoreLimit, timeLimitMin, friendlyFire }: RoomSettings): Rules => ({
  mode,
  teams: MODES[mode].teams,
  scoreLimit: scoreLimit || MODES[mode].scoreLimit,
  timeLimitTicks: timeLimitMin * 60 * TICKS_PER_SEC,
  friendlyFire,
});
