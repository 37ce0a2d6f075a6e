/** A message of Colyseus as its SDK writes it: the code, the type's name, then MessagePack. */
import type { Command } from "#shared/schema/input.ts";
import { CODE } from "./colyseusSeat.ts";

const FIXED_STRING = 0xa0;
const FIXED_MAP = 0x80;
const INT8 = 0xd0;
const FLOAT64 = 0xcb;

/** Everything but the values, which stand at the same places in each. */
const text = (name: string): number[] => [FIXED_STRING | name.length, ...Buffer.from(name)];
const HEAD = [CODE.data, ...text("command"), FIXED_MAP | 4, ...text("moveX"), INT8];
const BEFORE_MOVE_Y = [...text("moveY"), INT8];
const BEFORE_AIM = [...text("aim"), FLOAT64];
const BEFORE_BUTTONS = text("buttons");

const MOVE_X_AT = HEAD.length;
const MOVE_Y_AT = MOVE_X_AT + 1 + BEFORE_MOVE_Y.length;
const AIM_AT = MOVE_Y_AT + 1 + BEFORE_AIM.length;
const BUTTONS_AT = AIM_AT + 8 + BEFORE_BUTTONS.length;

const TEMPLATE = Buffer.from([
  ...HEAD,
  0,
  ...BEFORE_MOVE_Y,
  0,
  ...BEFORE_AIM,
  ...new Array<number>(8).fill(0),
  ...BEFORE_BUTTONS,
  0,
]);

export function packCommandMessage({ moveX, moveY, aim, buttons }: Command): Buffer {
  const bytes = Buffer.from(TEMPLATE);
  bytes.writeInt8(moveX, MOVE_X_AT);
  bytes.writeInt8(moveY, MOVE_Y_AT);
  bytes.writeDoubleBE(aim, AIM_AT);
  bytes[BUTTONS_AT] = buttons;
  return bytes;
}
