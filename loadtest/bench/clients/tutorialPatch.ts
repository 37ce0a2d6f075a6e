/** Where the tutorial's patches tell of one player: just enough of Colyseus' wire format to find an aim in it. */
import { decode, type Iterator } from "@colyseus/schema";

const SWITCH_TO_STRUCTURE = 255;
const FIELD_MASK = 0x3f;
/** Of the player's fields x, y, aim. */
const AIM_FIELD = 2;

/** The number by which patches name this player, as the first state tells it: right behind the map's key. */
export function refIdOf(state: Buffer, sessionId: string): number {
  const key = state.indexOf(sessionId);
  if (key < 0) throw new Error(`${sessionId} is not in the state`);
  return decode.number(state, { offset: key + sessionId.length });
}

/** The player's aim, when the patch is of moving players alone and has it. */
export function aimIn(patch: Buffer, refId: number): number | undefined {
  const it: Iterator = { offset: 1 };
  let current = -1;
  while (it.offset < patch.length) {
    const operation = patch[it.offset++] ?? 0;
    if (operation === SWITCH_TO_STRUCTURE) {
      current = decode.number(patch, it);
      continue;
    }
    const field = operation & FIELD_MASK;
    // Somebody comes or goes: the map's entries are not read here.
    if (current < 0 || field > AIM_FIELD) return undefined;
    const value = decode.number(patch, it);
    if (current === refId && field === AIM_FIELD) return value;
  }
  return undefined;
}
