/**
 * The commands of each tick as bytes, and back. A command is written as what differs from the drone's last one: a held stick
 * takes one byte, a turning one three.
 */
import type { Commands } from "#shared/game/step.ts";
import type { Command } from "#shared/schema/input.ts";
import { aimCode, aimOfCode } from "#shared/schema/wire.ts";
import type { ByteReader, ByteWriter } from "./bytes.ts";

/** Bits of a command's first byte: the fields that follow it, and… */
const CHANGED = { moveX: 1, moveY: 2, aim: 4, buttons: 8, reach: 16 } as const;
/** …whether another command of the same drone follows… */
const MORE = 32;
/** …or whether all fields follow as doubles, because one of them does not fit the wire's form. */
const EXACT = 64;
/** The whole byte: the drone has no command in this tick. */
const NONE = 128;

/** First byte of a tick. */
const SAME_DRONES = 1;

type Held = { -readonly [Field in keyof typeof CHANGED]: number };
const AT_REST: Held = { moveX: 0, moveY: 0, aim: 0, buttons: 0, reach: 0 };

export class CommandTape {
  /** By slot: the drone's id. */
  readonly ids: string[] = [];
  readonly #slots = new Map<string, number>();
  readonly #held: Held[] = [];
  readonly #out: ByteWriter;
  /** The slots of the last tick, in their order. */
  #lineup: number[] = [];
  #next: number[] = [];

  constructor(out: ByteWriter) {
    this.#out = out;
  }

  write(commands: Commands): void {
    const next = this.#next;
    next.length = 0;
    for (const id of commands.keys()) next.push(this.#slotOf(id));
    const isSame = next.length === this.#lineup.length && next.every((slot, at) => slot === this.#lineup[at]);
    this.#out.u8(isSame ? SAME_DRONES : 0);
    if (!isSame) {
      this.#out.count(next.length);
      for (const slot of next) this.#out.count(slot);
      this.#next = this.#lineup;
      this.#lineup = next;
    }
    let at = 0;
    for (const given of commands.values()) this.#writeAll(given, this.#lineup[at++] as number);
  }

  #slotOf(id: string): number {
    const known = this.#slots.get(id);
    if (known !== undefined) return known;
    const slot = this.ids.push(id) - 1;
    this.#slots.set(id, slot);
    this.#held.push({ ...AT_REST });
    return slot;
  }

  #writeAll(given: readonly Command[], slot: number): void {
    if (given.length === 0) this.#out.u8(NONE);
    for (let at = 0; at < given.length; at++) {
      const more = at + 1 < given.length ? MORE : 0;
      writeCommand(this.#out, given[at] as Command, this.#held[slot] as Held, more);
    }
  }
}

function writeCommand(out: ByteWriter, command: Command, held: Held, more: number): void {
  const { moveX, moveY, aim, buttons, reach = 0 } = command;
  if (!isOfTheWire(command)) {
    out.u8(EXACT | more);
    for (const value of [moveX, moveY, aim, buttons, reach]) out.f64(value);
  } else {
    const changed =
      (moveX === held.moveX ? 0 : CHANGED.moveX) |
      (moveY === held.moveY ? 0 : CHANGED.moveY) |
      (aim === held.aim ? 0 : CHANGED.aim) |
      (buttons === held.buttons ? 0 : CHANGED.buttons) |
      (reach === held.reach ? 0 : CHANGED.reach);
    out.u8(changed | more);
    if (changed & CHANGED.moveX) out.i8(moveX);
    if (changed & CHANGED.moveY) out.i8(moveY);
    if (changed & CHANGED.aim) out.u16(aimCode(aim));
    if (changed & CHANGED.buttons) out.u8(buttons);
    if (changed & CHANGED.reach) out.u8(reach);
  }
  held.moveX = moveX;
  held.moveY = moveY;
  held.aim = aim;
  held.buttons = buttons;
  held.reach = reach;
}

const isInt8 = (value: number): boolean => (value << 24) >> 24 === value;
const isByte = (value: number): boolean => (value & 0xff) === value;

const isOfTheWire = ({ moveX, moveY, aim, buttons, reach = 0 }: Command): boolean =>
  isInt8(moveX) && isInt8(moveY) && isByte(buttons) && isByte(reach) && aimOfCode(aimCode(aim)) === aim;

/** Reads what a CommandTape has written. */
export class CommandReader {
  readonly #in: ByteReader;
  readonly #ids: readonly string[];
  readonly #held: Held[];
  #lineup: number[] = [];

  constructor(input: ByteReader, ids: readonly string[]) {
    this.#in = input;
    this.#ids = ids;
    this.#held = ids.map(() => ({ ...AT_REST }));
  }

  /** The commands of the next tick. Throws if the bytes are damaged. */
  read(): Commands {
    if ((this.#in.u8() & SAME_DRONES) === 0) {
      const drones = this.#in.count();
      // A damaged count may be of billions, and a forged lineup costs its length in every tick.
      if (drones > this.#ids.length)
        throw new RangeError(`${drones} of ${this.#ids.length} drones have commands`);
      this.#lineup = Array.from({ length: drones }, () => this.#in.count());
    }
    return new Map(this.#lineup.map((slot) => [this.#idOf(slot), this.#readAll(slot)]));
  }

  #idOf(slot: number): string {
    const id = this.#ids[slot];
    if (id === undefined) throw new RangeError(`a command is of drone ${slot} of ${this.#ids.length}`);
    return id;
  }

  #readAll(slot: number): Command[] {
    const given: Command[] = [];
    for (;;) {
      const head = this.#in.u8();
      if (head === NONE) return given;
      const held = this.#held[slot] as Held;
      readCommand(this.#in, head, held);
      given.push({ ...held });
      if ((head & MORE) === 0) return given;
    }
  }
}

function readCommand(input: ByteReader, head: number, held: Held): void {
  const isExact = (head & EXACT) !== 0;
  const changes = (field: keyof Held) => isExact || (head & CHANGED[field]) !== 0;
  if (changes("moveX")) held.moveX = isExact ? input.f64() : input.i8();
  if (changes("moveY")) held.moveY = isExact ? input.f64() : input.i8();
  if (changes("aim")) held.aim = isExact ? input.f64() : aimOfCode(input.u16());
  if (changes("buttons")) held.buttons = isExact ? input.f64() : input.u8();
  if (changes("reach")) held.reach = isExact ? input.f64() : input.u8();
}
