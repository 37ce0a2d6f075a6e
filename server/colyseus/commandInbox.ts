/**
 * A connection's commands, from the frame to the tick, without an object a frame. It replaces Colyseus' decoder and input
 * buffer. A frame holds what changed since the last command; values, counts and acks equal Colyseus', so that stock clients
 * notice no difference.
 *
 *     frame → receive: check and decode → latest → push: copy → slots (a ring) → next: the tick reads the slot
 *
 * The slots are reused. What `next` returns is therefore valid until the next frame arrives: for the tick that takes it.
 */
import { type Client, type ClientPrivate, Room } from "@colyseus/core";
import { decode } from "@colyseus/schema";
import { InputEncoder } from "@colyseus/schema/input";
import { WebSocketClient } from "@colyseus/ws-transport";
import { COMMAND_BACKLOG_MAX } from "#shared/config.ts";
import { type Command, CommandInput, MOVE_MAX } from "#shared/schema/input.ts";
import { ADD } from "./schemaInternals.ts";
import { endOfInteger, NOT_THERE } from "./wireIntegers.ts";

type Slot = { -readonly [Field in keyof Command]-?: number };

/** The operation byte of each field: ADD and the field's index in CommandInput. */
const MOVE_X = ADD;
const MOVE_Y = ADD + 1;
const AIM = ADD + 2;
const BUTTONS = ADD + 3;
const REACH = ADD + 4;
/** An aim on the wire counts steps of a full turn; the other fields are one byte each. */
const AIM_STEPS = 2 ** 16;

/** Where Colyseus' decoder starts to read, and how far it has read. */
const stampAt = { offset: 0 };

const newSlot = (): Slot => ({ moveX: 0, moveY: 0, aim: 0, buttons: 0, reach: 0, seenAtMs: 0 });

export class CommandInbox {
  /** The command that was last received. */
  readonly latest: Slot = newSlot();
  /** The server time of the last stamp, ms: a stamp on the wire is the difference to the one before. */
  #stampMs = 0;
  /** Command n of the connection, from 0, lies in slot n modulo their number. Empty until the room reads. */
  #slots: readonly Slot[] = [];
  #pushed = 0;
  #consumed = 0;
  #renderTime = 0;
  /** Not before the client joins, nor while it leaves: Colyseus drops its frames then. */
  #isOpen = false;

  /** From now on commands are kept. */
  open(): void {
    this.#isOpen = true;
    this.#slots = Array.from({ length: COMMAND_BACKLOG_MAX }, newSlot);
  }

  /**
   * Takes a frame of a command, whose first byte is its code. `isStamped`: the time that the client's screen showed comes
   * before the fields. Returns false, and changes nothing, unless each field is there at most once and whole.
   */
  receive(frame: Uint8Array, isStamped: boolean): boolean {
    let at = isStamped ? endOfInteger(frame, 1) : 1;
    if (at === NOT_THERE) return false;
    const { latest } = this;
    let { moveX, moveY, aim, buttons, reach } = latest;
    let seen = 0;
    while (at < frame.length) {
      const field = frame[at] ?? 0;
      if (field < MOVE_X || field > REACH || (seen & (1 << (field - ADD))) !== 0) return false;
      seen |= 1 << (field - ADD);
      const value = frame[at + 1];
      if (value === undefined) return false;
      at += 2;
      if (field === AIM) {
        const high = frame[at++];
        if (high === undefined) return false;
        aim = ((value | (high << 8)) / AIM_STEPS) * 2 * Math.PI;
      } else if (field === MOVE_X) moveX = toMove(value);
      else if (field === MOVE_Y) moveY = toMove(value);
      else if (field === BUTTONS) buttons = value;
      else reach = value;
    }
    if (!this.#isOpen) return true;
    latest.moveX = moveX;
    latest.moveY = moveY;
    latest.aim = aim;
    latest.buttons = buttons;
    latest.reach = reach;
    this.push(latest, isStamped ? this.#advanceStamp(frame) : 0);
    return true;
  }

  /** Appends a copy; drops the oldest command, which then counts as consumed, from a full inbox. */
  push(command: Command, seenAtMs: number): void {
    if (this.size === this.#slots.length) this.#consumed++;
    const slot = this.#slots[this.#pushed++ % this.#slots.length];
    if (!slot) return;
    slot.moveX = command.moveX;
    slot.moveY = command.moveY;
    slot.aim = command.aim;
    slot.buttons = command.buttons;
    slot.reach = command.reach ?? 0;
    slot.seenAtMs = seenAtMs;
  }

  /** Consumes the oldest command: valid until the next one is pushed. */
  next(): Command | undefined {
    if (this.size === 0) return undefined;
    const slot = this.#slots[this.#consumed++ % this.#slots.length];
    this.#renderTime = slot?.seenAtMs ?? 0;
    return slot;
  }

  /** Colyseus calls this when the client leaves: a connection does not come back, its player does on another one. */
  clear(): void {
    this.#isOpen = false;
    this.#consumed = this.#pushed;
  }

  get size(): number {
    return this.#pushed - this.#consumed;
  }

  /** The number of commands that the state includes, or that were dropped: Colyseus acknowledges it with each patch. */
  get ackSeq(): number {
    return this.#consumed;
  }

  /** Server time, ms, that the client's screen showed when it gave the command last consumed; 0 when unknown. */
  get renderTime(): number {
    return this.#renderTime;
  }

  #advanceStamp(frame: Uint8Array): number {
    stampAt.offset = 1;
    this.#stampMs += decode.number(frame, stampAt);
    return this.#stampMs;
  }
}

/** The int8 of a byte, with the one value that is beyond COMMAND_RANGES clamped. */
function toMove(byte: number): number {
  return Math.max((byte << 24) >> 24, -MOVE_MAX);
}

/**
 * Makes the room read the client's commands from the inbox that its socket fills, without Colyseus' accessor in between.
 * A socket without an inbox, as Vite's in development, leaves the decoding to Colyseus, which then pushes into one.
 */
export function readCommands(room: Room, client: Client, ofSocket: CommandInbox | undefined): void {
  const inbox = ofSocket ?? new CommandInbox();
  inbox.open();
  Object.assign(client, { _inputBuffer: inbox });
  if (!ofSocket) return;
  Object.assign(client, { _inputAccessor: inbox, _inputDecoder: undefined });
  Reflect.get(room, "_inputController").register(client.sessionId, client);
}

class ProbeRoom extends Room<{ input: CommandInput }> {
  override inputs = this.defineInput(CommandInput);
}

/** A client before it joins. */
function probe() {
  const room = new ProbeRoom();
  const client: WebSocketClient & ClientPrivate = new WebSocketClient("probe", undefined as never);
  Reflect.get(room, "_inputController").allocate(client);
  return { room, client };
}

/** This file's reaches into Colyseus, each with a probe that says whether the installed version has it. */
export const COMMAND_REACHES: Readonly<Record<string, () => boolean>> = {
  "Client._inputBuffer": () => {
    const { room, client } = probe();
    const isThere = client._inputBuffer !== undefined;
    readCommands(room, client, undefined);
    client._inputBuffer?.push({}, 0);
    return isThere && client._inputAccessor?.size === 1;
  },
  "Room.inputs.register": () => {
    const { room, client } = probe();
    const inbox = new CommandInbox();
    readCommands(room, client, inbox);
    return Object.is(room.inputs.get(client.sessionId), inbox);
  },
  "Room.inputs.freeze": () => {
    const { room, client } = probe();
    const inbox = new CommandInbox();
    readCommands(room, client, inbox);
    inbox.push(inbox.latest, 0);
    Reflect.get(room, "_inputController").freeze(client);
    return inbox.size === 0;
  },
  "InputEncoder's wire format": () => {
    const input = new CommandInput();
    const encoder = new InputEncoder(input);
    Object.assign(input, { moveX: -3, moveY: 4, aim: 5, buttons: 6, reach: 7 });
    const inbox = new CommandInbox();
    inbox.open();
    const isReceived = inbox.receive(Uint8Array.of(0, ...encoder.encode()), false);
    const { moveX, moveY, aim, buttons, reach } = inbox.latest;
    const isEqual = moveX === input.moveX && moveY === input.moveY && aim === input.aim;
    return isReceived && isEqual && buttons === input.buttons && reach === input.reach;
  },
};
