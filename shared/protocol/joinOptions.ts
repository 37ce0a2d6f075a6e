/** What a client says when it asks for a seat. */
import { z } from "zod";
import { cleanPlayerName } from "./playerName.ts";

export const JoinOptions = z.object({
  /** Cleaned here, so that nothing raw gets past this point. */
  name: z.string().default("").transform(cleanPlayerName),
  /** Pages send theirs, so that an old one can be told to reload; bots need not. */
  protocol: z.int().optional(),
});

export type JoinOptions = z.infer<typeof JoinOptions>;
