/** Options of a request for a seat. */
import { z } from "zod";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { cleanPlayerName } from "./playerName.ts";
import { RoomSettings } from "./roomSettings.ts";

export const JoinOptions = z.object({
  /** Cleaned while parsing, so that no raw name goes any further. */
  name: z.string().default("").transform(cleanPlayerName),
  /** The page's PROTOCOL_VERSION; the server refuses another one with REFUSAL.stalePage. Bots may omit it. */
  protocol: z.int().optional(),
  /** Quick play: a public room of this mode only. */
  mode: z.enum(MODE_NAMES).optional(),
  /** The password of the room to join, or of the room to create. */
  password: z.string().max(64).default(""),
  /** Join as a spectator. */
  spectate: z.boolean().default(false),
  /** With "create": the room is hosted by this client and has these settings; otherwise it is a public room. */
  private: z.boolean().default(false),
  settings: z.optional(RoomSettings),
});

export type JoinOptions = z.infer<typeof JoinOptions>;

/** Body of a "reconnect" request: the key of a kept seat, without its room. */
export const ReconnectOptions = z.object({ reconnectionToken: z.string().regex(/^[\w-]{1,32}$/) });
