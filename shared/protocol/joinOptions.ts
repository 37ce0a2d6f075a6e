/** What a client says when it asks for a seat. */
import { z } from "zod";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { cleanPlayerName } from "./playerName.ts";
import { RoomSettings } from "./roomSettings.ts";

export const JoinOptions = z.object({
  /** Cleaned here, so that nothing raw gets past this point. */
  name: z.string().default("").transform(cleanPlayerName),
  /** Pages send theirs, so that an old one can be told to reload; bots need not. */
  protocol: z.int().optional(),
  /** For quick play: a public room of this mode. */
  mode: z.enum(MODE_NAMES).optional(),
  /** To join a room that has one, or to give one to a room that is made. */
  password: z.string().max(64).default(""),
  /** To watch instead of playing. */
  spectate: z.boolean().default(false),
  /** To make a room of one's own, and be its host. */
  private: z.boolean().default(false),
  settings: z.optional(RoomSettings),
});

export type JoinOptions = z.infer<typeof JoinOptions>;

/** Body of a "reconnect" request: the key of a kept seat, without its room. */
export const ReconnectOptions = z.object({ reconnectionToken: z.string().regex(/^[\w-]{1,32}$/) });
