/**
 * A room as it leaves its process: to open it again under its code after a crash, in another process, or after a restart.
 * Plain data for JSON. It holds secrets (tokens, passwords, identities), so it is never sent to anybody.
 */
import { z } from "zod";

/** A change of the form makes earlier snapshots unreadable: such rooms are not opened again. */
export const SNAPSHOT_VERSION = 1;

export const RoomSnapshot = z.object({
  version: z.literal(SNAPSHOT_VERSION),
  /** The room's id. */
  code: z.string(),
  hosted: z.boolean(),
});
export type RoomSnapshot = z.infer<typeof RoomSnapshot>;
