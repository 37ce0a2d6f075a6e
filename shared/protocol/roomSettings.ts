/**
 * The settings of a room: one table for the schema, the host's form and the server. Public rooms have settings, too, but
 * no host to change them. By zod/mini, because the page loads it and all of zod would be a large part of the download.
 */
import * as z from "zod/mini";
import { SEAT_KEPT_SEC, TICKS_PER_SEC, TITLE_MAX_CHARS } from "#shared/config.ts";
import { MODES } from "#shared/modes/modes.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { cleanText } from "./cleanText.ts";

interface Range {
  readonly min: number;
  readonly max: number;
}

/** How the form shows a setting. Title, mode and map have controls of their own. */
export type SettingControl =
  | { readonly kind: "switch" }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | (Range & {
      readonly kind: "amount";
      readonly step?: number;
      readonly unit?: "minutes" | "seconds";
      /** 0 is legal as well, and means the mode's own number. */
      readonly isByModeAtZero?: boolean;
    })
  | { readonly kind: "title" | "mode" | "map" };

interface Place {
  /** The part of the form. */
  readonly part: "title" | "match" | "players" | "room";
  /** Offered only in rooms that are played, or may come to be played, in teams. */
  readonly isForTeams?: boolean;
  /** Takes effect with the next match; all others take effect at once. */
  readonly isForNextMatch?: boolean;
}

export interface SettingRow extends Place {
  readonly control: SettingControl;
}

const ranged = ({ min, max }: Range) => z.int().check(z.minimum(min), z.maximum(max));

const toggle = (fallback: boolean, place: Place) => ({
  field: z._default(z.boolean(), fallback),
  control: { kind: "switch" } as const,
  ...place,
});

const choice = <const Values extends readonly string[]>(
  values: Values,
  fallback: Values[number],
  place: Place,
) => ({
  field: z._default(z.enum(values), fallback),
  control: { kind: "choice", values } as const,
  ...place,
});

const amount = (
  range: Range & { readonly step?: number; readonly unit?: "minutes" | "seconds" },
  fallback: number,
  place: Place,
) => ({
  field: z._default(ranged(range), fallback),
  control: { kind: "amount", ...range } as const,
  ...place,
});

const SCORE_RANGE: Range = { min: 1, max: 500 };

/** Every setting with its schema, its default and its control, in the order in which a room sends them. */
const TABLE = {
  /** The room's name in the list of rooms; empty: the list names its host. */
  title: {
    field: z._default(
      z.pipe(
        z.string(),
        z.transform((raw) => cleanText(raw, TITLE_MAX_CHARS)),
      ),
      "",
    ),
    control: { kind: "title" },
    part: "title",
  },
  mode: {
    field: z._default(z.enum(MODE_NAMES), "deathmatch"),
    control: { kind: "mode" },
    part: "match",
    isForNextMatch: true,
  },
  /** The server checks that it has the map and that the map is made for the mode. 64 characters: an arena that was brought. */
  map: {
    field: z._default(z.string().check(z.regex(/^[\w-]{1,64}$/)), "foundry"),
    control: { kind: "map" },
    part: "match",
    isForNextMatch: true,
  },
  /** Seats for players; spectators do not count. */
  players: amount({ min: 2, max: 32 }, 8, { part: "players" }),
  /** Bots leave to make room for players once `players` is reached. */
  bots: amount({ min: 0, max: 31 }, 3, { part: "players" }),
  botSkill: choice(["easy", "normal", "hard"], "normal", { part: "players" }),
  /** 0: the mode's own. */
  scoreLimit: {
    field: z._default(z.union([z.literal(0), ranged(SCORE_RANGE)]), 0),
    control: { kind: "amount", ...SCORE_RANGE, isByModeAtZero: true },
    part: "match",
  },
  timeLimitMin: amount({ min: 1, max: 60, unit: "minutes" }, 5, { part: "match" }),
  friendlyFire: toggle(false, { part: "match", isForTeams: true }),
  /** Who chooses a player's team: the room keeps them even, each player chooses, or the host does. */
  teamChoice: choice(["even", "own", "host"], "even", { part: "players", isForTeams: true }),
  /** What spectators see: nothing, what the player they follow sees, or everything, ten seconds late. */
  spectating: choice(["off", "follow", "delayed"], "follow", { part: "room" }),
  /** Whether the list of rooms shows the room. */
  listed: toggle(false, { part: "room" }),
  /** Whether the room's matches are recorded, on a server that records. */
  recorded: toggle(true, { part: "room" }),
  /** How long the seat of a player who lost the connection is kept. */
  seatKeptSec: amount({ min: 30, max: 120, step: 5, unit: "seconds" }, SEAT_KEPT_SEC, { part: "room" }),
  /** Whether players vote on the next mode and map; otherwise the settings decide. */
  vote: toggle(false, { part: "match" }),
} as const satisfies Record<string, SettingRow & { readonly field: unknown }>;

type Table = typeof TABLE;
export type SettingName = keyof Table;
type Fields = { [Name in SettingName]: Table[Name]["field"] };

/** Settings that are one of a few named values. */
export type ChoiceName = {
  [Name in SettingName]: Table[Name]["control"] extends { kind: "choice" } ? Name : never;
}[SettingName];

export const SETTING_ROWS: Readonly<Record<SettingName, SettingRow>> = TABLE;

export const RoomSettings = z.object(
  Object.fromEntries(Object.entries(TABLE).map(([name, { field }]) => [name, field])) as Fields,
);
export type RoomSettings = z.infer<typeof RoomSettings>;

/** A host's change of some settings; settings that it does not name stay. */
export const SettingsChange = z.object(
  Object.fromEntries(
    Object.entries(TABLE).map(([name, { field }]) => [name, z.optional(field.def.innerType)]),
  ) as { [Name in SettingName]: z.ZodMiniOptional<Fields[Name]["def"]["innerType"]> },
);
export type SettingsChange = z.infer<typeof SettingsChange>;

/** The most bots that a room may have. */
export const BOTS_MAX = TABLE.bots.control.max;

/** The rules of a match under these settings. */
export const rulesUnder = ({ mode, scoreLimit, timeLimitMin, friendlyFire }: RoomSettings): Rules => ({
  mode,
  teams: MODES[mode].teams,
  scoreLimit: scoreLimit || MODES[mode].scoreLimit,
  timeLimitTicks: timeLimitMin * 60 * TICKS_PER_SEC,
  friendlyFire,
});

/** Whether rooms with these settings are played in teams, or may come to be by a vote. */
export const mayHaveTeams = ({ mode, vote }: RoomSettings): boolean => vote || MODES[mode].teams > 0;
