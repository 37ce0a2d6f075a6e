/** Matches as they go, as late as a spectator sees them: GET /api/live, and the room `live` with the messages of the list of rooms. */
import type { ModeName, Phase } from "#shared/schema/names.ts";
import type { WeaponName } from "#shared/tuning.ts";

/** Everything in it is at least SPECTATOR_DELAY_MS old. */
export interface LiveMatch {
  /** The room's code. */
  code: string;
  /** Empty for a room without a name. */
  title: string;
  mode: ModeName;
  map: string;
  /** The arena's title, if somebody has brought it. */
  mapTitle?: string;
  phase: Phase;
  /** Until the phase ends, ms; negative in overtime, null while the match waits to begin. */
  leftMs: number | null;
  /** Whether the match stands still, and with it its clock. */
  paused: boolean;
  scoreLimit: number;
  /** By team; empty in a mode without teams. */
  teamScores: number[];
  players: number;
  playersMax: number;
  bots: number;
  spectators: number;
  spectatorsMax: number;
  /** Best first. The list of matches has LIST_LINES of them, a match by its code LINES_MAX. */
  lines: LiveLine[];
  /** The last ones, oldest first. */
  kills: LiveKill[];
}

export interface LiveLine {
  name: string;
  team: number;
  score: number;
  kills: number;
  deaths: number;
  bot: boolean;
}

export interface LiveKill {
  /** Counts the kills of the room: a higher one is newer. */
  number: number;
  /** An empty name if nobody in the room had it. */
  killer: LivePerson;
  victim: LivePerson;
  weapon: WeaponName;
  agoMs: number;
}

export interface LivePerson {
  name: string;
  team: number;
}

export const LIST_LINES = 3;
export const LINES_MAX = 64;
/** Kills that a match tells. */
export const KILLS_MAX = 8;
/** Matches in the list: the fullest. */
export const LIVE_MAX = 50;

/** Options of a join of the room `live`. */
export interface LiveOptions {
  /** Only the match of this room, in full; a hosted room's as well, unless it has a password or admits no spectators. */
  code?: string;
}
