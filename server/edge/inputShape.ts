/** What the bytes of a command may look like: each field at most once, each as long as the schema writes it. */
import { InputEncoder } from "@colyseus/schema/input";
import { CommandInput } from "#shared/schema/input.ts";
import { endOfInteger, NOT_THERE } from "./wireShape.ts";

/** A field's operation byte: ADD, and the field's number. */
const ADD = 0x80;
const FIELD_MASK = 0x3f;
const FIELDS = ["moveX", "moveY", "aim", "buttons", "reach"] as const;

/** By field's number, as the encoder itself writes them: no second list of sizes to keep in step. */
const FIELD_BYTES: ReadonlyMap<number, number> = learnFieldBytes();

function learnFieldBytes(): Map<number, number> {
  const input = new CommandInput();
  const encoder = new InputEncoder(input);
  const lengths = new Map<number, number>();
  for (const field of FIELDS) {
    input[field] = 1;
    const bytes = encoder.encode();
    lengths.set((bytes[0] ?? 0) & FIELD_MASK, bytes.length - 1);
  }
  return lengths;
}

/** `stamped`: whether a rewind stamp comes first. True when all bytes after the first make up a command. */
export function isCommand(frame: Buffer, stamped: boolean): boolean {
  let at = stamped ? endOfInteger(frame, 1) : 1;
  if (at === NOT_THERE) return false;
  let seen = 0;
  while (at < frame.length) {
    const operation = frame[at] ?? 0;
    const field = operation & FIELD_MASK;
    const bytes = FIELD_BYTES.get(field);
    if ((operation & ~FIELD_MASK) !== ADD || bytes === undefined || seen & (1 << field)) return false;
    seen |= 1 << field;
    at += 1 + bytes;
  }
  return at === frame.length;
}
