/** The SDK's room as the whole client uses it, and the settings that its state carries. */
import type { Room } from "@colyseus/sdk";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { ArenaState } from "#shared/schema/state.ts";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's default for a room whose server class is not imported
export type ArenaLink = Room<any, ArenaState>;

/** Undefined before the first state. The server validated the JSON, so the client does not check it again. */
export const readSettings = (json: string | undefined): RoomSettings | undefined =>
  json ? (JSON.parse(json) as RoomSettings) : undefined;
