/** Rates, caps and sizes that server and client must agree on. Balance numbers are in tuning.ts. */

/** Simulation rate; also the rate at which a client sends commands. */
export const TICKS_PER_SEC = 30;
export const TICK_MS = 1000 / TICKS_PER_SEC;
/** Physics steps per tick. At the highest speed a drone crosses a fraction of a tile in one of them. */
export const SUB_STEPS = 2;
export const SUB_STEP_SEC = 1 / (TICKS_PER_SEC * SUB_STEPS);
export const PATCHES_PER_SEC = 20;

/** The part of the world that every client shows, whatever the size of its screen. */
export const VIEW_WIDTH_PX = 1600;
export const VIEW_HEIGHT_PX = 900;
/** The area of interest exceeds the view by this much on each side, so that entities arrive before they show. */
export const VIEW_MARGIN_PX = 120;
/** An entity leaves the area of interest this much farther out than it enters, so that it does not flicker there. */
export const VIEW_HYSTERESIS_PX = 80;
/** The pose of a drone that is in a view but off its screen is sent with one patch in this many. */
export const FAR_PATCHES = 8;

export const PATCH_MS = 1000 / PATCHES_PER_SEC;
/**
 * The delay of interpolation behind the newest patch, ms: 1.5 patches plus twice the jitter, at most 200 ms. Both
 * sides compute it; the server needs it to know what a shooter saw.
 */
export const interpolationMs = (jitterMs: number): number => Math.min(1.5 * PATCH_MS + 2 * jitterMs, 200);

/** Lag compensation never rewinds farther than this. */
export const REWIND_MAX_MS = 300;
/** A drone that has been behind a wall for longer than this on its own screen cannot be hit through rewind. */
export const COVER_MS = 100;

/** The countdown starts once this many drones are in the room, bots included. */
export const MATCH_PLAYERS_MIN = 2;
export const COUNTDOWN_TICKS = 3 * TICKS_PER_SEC;
export const TIME_LIMIT_TICKS = 5 * 60 * TICKS_PER_SEC;
/** A draw at the time limit is played on for at most this long. */
export const OVERTIME_TICKS = 60 * TICKS_PER_SEC;
/** How long results show and the vote on the next match is open. */
export const RESULTS_TICKS = 15 * TICKS_PER_SEC;

export const MAX_PLAYERS = 16;
/** Bots fill a public room up to as many drones as its arena is made for, within these bounds (arena/company.ts). */
export const COMPANY_MIN = 4;
export const COMPANY_MAX = 12;
export const SEAT_KEPT_SEC = 30;
/** Spectators per room; they do not count as players. */
export const SPECTATORS_MAX = 8;
/** The delay of "delayed" spectators, so that they cannot scout for a player. */
export const SPECTATOR_DELAY_MS = 10_000;
/** When a host's connection has been gone for this long, another player hosts until the host is back. */
export const HOST_AWAY_MS = 10_000;
/** A hosted room ends after it has been empty for this long: time enough for everyone to refresh at once. */
export const EMPTY_ROOM_MS = 5 * 60_000;

/** After this long without a command from its client, the server steps a drone with neutral commands. */
export const SILENCE_TICKS = Math.round(0.25 * TICKS_PER_SEC);

/** Commands that may wait in the backlog without being drained: the jitter between two ticks. */
export const COMMAND_BACKLOG_STEADY = 2;
/** Ticks without a command that a client may make up for by two commands in a later tick. */
export const COMMAND_ARREARS_MAX = SILENCE_TICKS;
/** Of commands waiting beyond this number, the server drops the oldest. */
export const COMMAND_BACKLOG_MAX = COMMAND_ARREARS_MAX + COMMAND_BACKLOG_STEADY;
/**
 * A backlog that no gap explains (the client's clock runs fast, or the server stood still) drains by one extra command
 * per this many ticks, so that a client that floods is at most 1/90 faster than an honest one.
 */
export const COMMAND_DRAIN_TICKS = 90;

export const NAME_MAX_CHARS = 16;
export const DEFAULT_PORT = 2567;
/** Longest title of a room. */
export const TITLE_MAX_CHARS = 24;
/** Round trips in the roster change in steps of this, so that they cost few bytes. */
export const PING_STEP_MS = 10;
