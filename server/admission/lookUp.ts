/** Finds an arena by a code that a visitor gives, and bounds how fast strangers try codes. */
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import type { Directory, RoomRow } from "./directory.ts";
import { countGuess } from "./guesses.ts";

export interface LookUp {
  readonly limits: Limits;
  readonly directory: Directory;
}

/** A code that was never drawn for a room counts as a wrong guess. Throws Refused (429). */
export async function lookUpArena(
  { limits, directory }: LookUp,
  code: string,
  visitor: Visitor,
): Promise<RoomRow | undefined> {
  if (!isRoomCode(code)) return undefined;
  const conclude = await countGuess(limits, "code", undefined, visitor);
  const room = await directory.find(code);
  await conclude(room !== undefined || (await directory.wasDrawn(code)));
  return room;
}

/** The refusal for a code without a room. */
export async function unknownRoom(directory: Directory, code: string): Promise<Refused> {
  return (await directory.wasDrawn(code))
    ? new Refused(REFUSAL.roomEnded, "This room has ended.")
    : new Refused(REFUSAL.roomUnknown, "There is no room of this code.");
}
