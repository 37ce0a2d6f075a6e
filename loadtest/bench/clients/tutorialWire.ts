/**
 * The wire format of the tutorial's server, as far as a light client needs it: a command as a Colyseus message (the
 * code, the type's name, then MessagePack), and a player's aim in a patch of @colyseus/schema.
 */
import { decode, type Iterator } from "@colyseus/schema";
import type { Command } from "#shared/schema/input.ts";
import { CODE } from "./colyseusSeat.ts";

const FIXED_STRING = 0xa0;
const FIXED_MAP = 0x80;
const INT8 = 0xd0;
const UINT8 = 0xcc;
const FLOAT64 = 0xcb;

/** The bytes between the values, which are at the same offsets in every message. */
const text = (name: string): number[] => [FIXED_STRING | name.length, ...Buffer.from(name)];
const head = (fields: number) => [CODE.data, ...text("command"), FIXED_MAP | fields, ...text("moveX"), INT8];
const BEFORE_MOVE_Y = [...text("moveY"), INT8];
const BEFORE_AIM = [...text("aim"), FLOAT64];
const BEFORE_BUTTONS = text("buttons");
const BEFORE_REACH = [...text("reach"), UINT8];

const MOVE_X_AT = head(0).length;
const MOVE_Y_AT = MOVE_X_AT + 1 + BEFORE_MOVE_Y.length;
const AIM_AT = MOVE_Y_AT + 1 + BEFORE_AIM.length;
const BUTTONS_AT = AIM_AT + 8 + BEFORE_BUTTONS.length;
const REACH_AT = BUTTONS_AT + 1 + BEFORE_REACH.length;

const template = (fields: number, ...rest: number[]) =>
  Buffer.from([
    ...head(fields),
    0,
    ...BEFORE_MOVE_Y,
    0,
    ...BEFORE_AIM,
    ...new Array<number>(8).fill(0),
    ...BEFORE_BUTTONS,
    0,
    ...rest,
  ]);
const WITHOUT_REACH = template(4);
const WITH_REACH = template(5, ...BEFORE_REACH, 0);

export function packCommandMessage({ moveX, moveY, aim, buttons, reach }: Command): Buffer {
  const bytes = Buffer.from(reach === undefined ? WITHOUT_REACH : WITH_REACH);
  bytes.writeInt8(moveX, MOVE_X_AT);
  bytes.writeInt8(moveY, MOVE_Y_AT);
  bytes.writeDoubleBE(aim, AIM_AT);
  bytes[BUTTONS_AT] = buttons;
  if (reach !== undefined) bytes[REACH_AT] = reach;
  return bytes;
}

const SWITCH_TO_STRUCTURE = 255;
const FIELD_MASK = 0x3f;
/** The index of `aim` among the player's fields x, y, aim. */
const AIM_FIELD = 2;

/** The refId by which patches name this player. In the first state it follows the player's key in the map. */
export function refIdOf(state: Buffer, sessionId: string): number {
  const key = state.indexOf(sessionId);
  if (key < 0) throw new Error(`${sessionId} is not in the state`);
  return decode.number(state, { offset: key + sessionId.length });
}

/** The player's aim, radians; undefined if the patch has none, or if players join or leave in it. */
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
    // A change of the map itself: its entries are not decoded here.
    if (current < 0 || field > AIM_FIELD) return undefined;
    const value = decode.number(patch, it);
    if (current === refId && field === AIM_FIELD) return value;
  }
  return undefined;
}
