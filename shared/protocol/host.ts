/**
 * What a host may do with a room, as client → server requests under MESSAGE.host. Each is checked on the server and
 * answered with an Answer (answer.ts).
 */
import { z } from "zod";
import { SettingsChange } from "./roomSettings.ts";

/** Key of a seat in the roster: a session id, or a bot's own. */
const seat = z.string().regex(/^[\w-]{1,32}$/);

export const HostAction = z.discriminatedUnion("do", [
  /** Of a match that waits, or is paused. */
  z.object({ do: z.literal("start") }),
  z.object({ do: z.literal("pause") }),
  /** To the results, and then wait for "start". */
  z.object({ do: z.literal("end") }),
  /** From the countdown, with all scores at nothing and the newest settings. */
  z.object({ do: z.literal("restart") }),
  z.object({ do: z.literal("settings"), change: SettingsChange }),
  /** Empty: none. */
  z.object({ do: z.literal("password"), password: z.string().max(64) }),
  /** To a side, where there are sides. */
  z.object({ do: z.literal("move"), seat, team: z.int().min(0).max(1) }),
  z.object({ do: z.literal("addBot") }),
  z.object({ do: z.literal("removeBot"), seat }),
  z.object({ do: z.literal("lock"), locked: z.boolean() }),
  z.object({ do: z.literal("kick"), seat }),
  z.object({ do: z.literal("ban"), seat }),
  /** All bans of this room. */
  z.object({ do: z.literal("forgiveAll") }),
  z.object({ do: z.literal("mute"), seat, muted: z.boolean() }),
  /** For the host alone: both say who has a say here. */
  z.object({ do: z.literal("handOver"), seat }),
  z.object({ do: z.literal("cohost"), seat, cohost: z.boolean() }),
]);
export type HostAction = z.infer<typeof HostAction>;
export type HostActionName = HostAction["do"];
