/** Rates, caps and sizes that both sides must agree on; the unit is in the name. Balance is in tuning.ts. */

/** Simulation rate; also the rate at which a client sends commands. */
export const TICKS_PER_SEC = 30;
export const TICK_MS = 1000 / TICKS_PER_SEC;
/** Physics steps in one tick: movement never crosses more than a fraction of a tile in one of them. */
export const SUB_STEPS = 2;
export const SUB_STEP_SEC = 1 / (TICKS_PER_SEC * SUB_STEPS);
export const PATCHES_PER_SEC = 20;

/** What everybody sees of the world, whatever the size of their screen. */
export const VIEW_WIDTH_PX = 1600;
export const VIEW_HEIGHT_PX = 900;
/** Entities are sent this far outside the view, so that they have arrived before they show. */
export const VIEW_MARGIN_PX = 120;
/** …and are taken back this much farther out, so that one on the edge does not come and go. */
export const VIEW_HYSTERESIS_PX = 80;

export const PATCH_MS = 1000 / PATCHES_PER_SEC;
/**
 * Remote drones are drawn this far behind the newest patch, between two known poses: a patch and a half on an even
 * connection, and more as patches arrive unevenly. Both sides compute it, the server to know what a shooter saw.
 */
export const interpolationMs = (jitterMs: number): number => Math.min(1.5 * PATCH_MS + 2 * jitterMs, 200);

/** No shot is judged by a world older than this, whoever fires it. */
export const REWIND_MAX_MS = 300;
/** Nobody is hit who has been behind a wall for longer than this on their own screen. */
export const COVER_MS = 100;

/** A match begins with so many drones, bots included, after so long. */
export const MATCH_PLAYERS_MIN = 2;
export const COUNTDOWN_TICKS = 3 * TICKS_PER_SEC;
export const TIME_LIMIT_TICKS = 5 * 60 * TICKS_PER_SEC;
/** A draw goes on for at most this long. */
export const OVERTIME_TICKS = 60 * TICKS_PER_SEC;
/** Results, and the vote on what is next. */
export const RESULTS_TICKS = 15 * TICKS_PER_SEC;

export const MAX_PLAYERS = 16;
/** A public room is filled with bots up to this many drones, so that the first visitor never stands alone. */
export const BOT_FILL = 4;
export const SEAT_KEPT_SEC = 30;
/** So many may watch a room; they never hold a player's place. */
export const SPECTATORS_MAX = 8;
/** What "delayed" spectators are shown is this old, so that nobody watches for a friend. */
export const SPECTATOR_DELAY_MS = 10_000;
/** A host whose connection is gone is the host for so long; then somebody else is, until they are back. */
export const HOST_AWAY_MS = 10_000;
/** A hosted room that nobody is in ends after so long: meanwhile everybody may refresh at once. */
export const EMPTY_ROOM_MS = 5 * 60_000;

/** A drone whose client is silent this long is carried on by neutral commands. */
export const SILENCE_TICKS = Math.round(0.25 * TICKS_PER_SEC);

/** So many may wait without harm: the jitter between two ticks. */
export const COMMAND_BACKLOG_STEADY = 2;
/** Ticks without a command that may be made up for by two commands in a later tick. */
export const COMMAND_ARREARS_MAX = SILENCE_TICKS;
/** Waiting commands beyond these are dropped, the oldest first. */
export const COMMAND_BACKLOG_MAX = COMMAND_ARREARS_MAX + COMMAND_BACKLOG_STEADY;
/**
 * A backlog that no gap explains (the client's clock is fast, or the server's stood still) drains by one command
 * in so many ticks: a client that floods is then 1/90 faster than an honest one, and no more.
 */
export const COMMAND_DRAIN_TICKS = 90;

export const NAME_MAX_CHARS = 16;
export const DEFAULT_PORT = 2567;
/** What a room is called. */
export const TITLE_MAX_CHARS = 24;
