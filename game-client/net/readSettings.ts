/** The room's settings as its state carries them: the server's own words, so nothing is checked again. */
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";

/** Undefined before the first state. */
export const readSettings = (json: string): RoomSettings | undefined =>
  json === "" ? undefined : (JSON.parse(json) as RoomSettings);
