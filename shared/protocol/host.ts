/**
 * What a host and co-hosts may do with a room: client → server requests under MESSAGE.host, each answered with an
 * Answer (answer.ts). By zod/mini, because the room panel loads this table, too.
 */
import * as z from "zod/mini";
import { RATES } from "#shared/replay/screening.ts";
import { RANK } from "#shared/schema/state.ts";
import { SettingsChange } from "./roomSettings.ts";

/** A seat's key in the roster: a session id, or a bot's own id. */
const seat = z.string().check(z.regex(/^[\w-]{1,32}$/));

/** A moment of a replay, or its length. */
const ms = z.int().check(z.minimum(0), z.maximum(24 * 60 * 60 * 1000));

/** Whom an action on a seat may be done to: a bot, the acting person, or people whose rank is below theirs. */
type Target = "bot" | "self" | "lower";

interface ActionRow {
  /** The fields of the message beside `do`. */
  readonly fields: Readonly<Record<string, z.ZodMiniType>>;
  /** The lowest rank that may do it. */
  readonly by: number;
  /** For an action on a seat; the server checks it before it calls the handler. */
  readonly on?: readonly Target[];
  /** A button beside the person in the room panel: one that acts at once, or one that asks first. */
  readonly button?: "plain" | "confirm";
}

const { cohost, host } = RANK;

/** Every action, in the order of its button. server/rooms/host has the handlers. */
export const HOST_ACTIONS = {
  /** Starts a match that waits, or resumes a paused one. */
  start: { by: cohost, fields: {} },
  pause: { by: cohost, fields: {} },
  /** Shows the results, then waits for "start". */
  end: { by: cohost, fields: {} },
  /** Goes back to the countdown, with all scores at 0 and the newest settings. */
  restart: { by: cohost, fields: {} },
  /** Shows a replay to everybody in the room, which stands still meanwhile. */
  screen: { by: cohost, fields: { id: z.uuidv7(), lengthMs: ms, atMs: ms } },
  /** Plays, pauses, or moves the replay. */
  screenControl: { by: cohost, fields: { atMs: ms, rate: z.literal(RATES), isPlaying: z.boolean() } },
  screenEnd: { by: cohost, fields: {} },
  settings: { by: cohost, fields: { change: SettingsChange } },
  /** An empty password removes it. */
  password: { by: cohost, fields: { password: z.string().check(z.maxLength(64)) } },
  lock: { by: cohost, fields: { locked: z.boolean() } },
  addBot: { by: cohost, fields: {} },
  /** Lifts all bans of this room. */
  forgiveAll: { by: cohost, fields: {} },
  /** Moves a player to a team, in a mode with teams. */
  move: {
    by: cohost,
    on: ["bot", "self", "lower"],
    fields: { seat, team: z.int().check(z.minimum(0), z.maximum(1)) },
  },
  removeBot: { by: cohost, on: ["bot"], fields: { seat }, button: "plain" },
  mute: { by: cohost, on: ["lower"], fields: { seat, muted: z.boolean() } },
  cohost: { by: host, on: ["lower"], fields: { seat, cohost: z.boolean() } },
  handOver: { by: host, on: ["lower"], fields: { seat }, button: "confirm" },
  kick: { by: cohost, on: ["lower"], fields: { seat }, button: "confirm" },
  ban: { by: cohost, on: ["lower"], fields: { seat }, button: "confirm" },
} as const satisfies Record<string, ActionRow>;

type Actions = typeof HOST_ACTIONS;
export type HostActionName = keyof Actions;

/** The rows by name, for code that handles all of them alike. */
export const HOST_ACTION_ROWS: Readonly<Record<HostActionName, ActionRow>> = HOST_ACTIONS;

/** Whether a person of rank `by` may do the action to this seat. `self`: whether it is their own. */
export const isInReach = (
  action: HostActionName,
  { bot, self, rank }: { bot: boolean; self: boolean; rank: number },
  by: number,
): boolean => {
  const { on = [] } = HOST_ACTION_ROWS[action];
  if (bot) return on.includes("bot");
  return self ? on.includes("self") : on.includes("lower") && rank < by;
};

export type ActionOf<Name extends HostActionName> = { do: Name } & {
  -readonly [Field in keyof Actions[Name]["fields"]]: z.infer<Actions[Name]["fields"][Field]>;
};
export type HostAction = { [Name in HostActionName]: ActionOf<Name> }[HostActionName];

/** Actions whose button needs only a text in each language. */
export type ButtonName<Button> = {
  [Name in HostActionName]: Actions[Name] extends { button: Button } ? Name : never;
}[HostActionName];

const messages = Object.entries(HOST_ACTIONS).map(([name, { fields }]) =>
  z.object({ do: z.literal(name), ...fields }),
);

/** Parses a request. */
export const HostAction = z.discriminatedUnion(
  "do",
  messages as [(typeof messages)[number]],
) as unknown as z.ZodMiniType<HostAction, HostAction>;
