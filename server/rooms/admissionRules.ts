/** Whether a new client may take a seat in a room as it is now. A player who returns to a kept seat is not asked. */
import { ServerError } from "@colyseus/core";
import { BANNED, type Bannable, type Bans } from "#server/admission/bans.ts";
import { isSecret } from "#server/edge/secrets.ts";
import { SPECTATORS_MAX } from "#shared/config.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { playersIn, spectatorsIn } from "./seats.ts";
import type { Settings } from "./settings.ts";

export interface AdmittingRoom {
  readonly state: ArenaState;
  readonly settings: Settings;
  readonly bans: Bans;
  /** Empty for none. */
  readonly password: string;
}

/** Throws ServerError with a code of REFUSAL. */
export function assertPlace(
  { state, settings, bans, password }: AdmittingRoom,
  { password: given, spectate }: Pick<JoinOptions, "password" | "spectate">,
  visitor: Bannable,
): void {
  if (bans.isBanned(visitor)) throw new ServerError(REFUSAL.banned, BANNED);
  if (state.locked) throw new ServerError(REFUSAL.roomLocked, "This room is locked.");
  if (password !== "" && !isSecret(given, password)) {
    throw new ServerError(REFUSAL.wrongPassword, "The password is wrong.");
  }
  if (spectate && settings.now.spectating === "off") {
    throw new ServerError(REFUSAL.noSpectators, "Nobody may watch in this room.");
  }
  const isFull = spectate ? spectatorsIn(state) >= SPECTATORS_MAX : playersIn(state) >= settings.now.players;
  if (isFull) throw new ServerError(REFUSAL.roomFull, "There is no place left in this room.");
}
