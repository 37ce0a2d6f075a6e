/**
 * The events of a tick as bytes: each event is encoded once, and a client's message is copied together from those that it
 * may learn of. The bytes are those of `client.send`: a msgpack array is its length, then its elements one after the other.
 */
import { messageBytes } from "#server/colyseus/internals.ts";
import { packEvent } from "#shared/protocol/eventCodec.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { SimEvent } from "#shared/sim/event.ts";

/** Length of the protocol's code and the message's name, in front of what is packed. */
const NAME_BYTES = messageBytes(MESSAGE.event, undefined).length;
/** msgpack: arrays of up to 15 elements have one byte in front, longer ones a code and a uint16. */
const SHORT_MAX = 15;
const SHORT_ARRAY = 0x90;
const LONG_ARRAY = 0xdc;

export class EventBytes {
  /** A message up to its events. */
  readonly #head: Buffer;
  readonly #encoded: readonly Buffer[];
  readonly #chosen: Buffer[] = [];

  constructor(tick: number, events: readonly SimEvent[]) {
    // Without the empty array, which ends it.
    this.#head = messageBytes(MESSAGE.event, { tick, events: [] }).subarray(0, -1);
    this.#encoded = events.map((event) => messageBytes(MESSAGE.event, packEvent(event)).subarray(NAME_BYTES));
  }

  /** Adds the event at this place of the tick's list to the message. */
  add(place: number): void {
    this.#chosen.push(this.#encoded[place] as Buffer);
  }

  /** The message of the events that were added since the last call; undefined when there are none. */
  take(): Buffer | undefined {
    const chosen = this.#chosen;
    const count = chosen.length;
    if (count === 0) return undefined;
    const lengthBytes = count > SHORT_MAX ? 3 : 1;
    let bytes = this.#head.length + lengthBytes;
    for (const event of chosen) bytes += event.length;
    const message = Buffer.allocUnsafe(bytes);
    message.set(this.#head);
    let at = this.#head.length;
    if (count > SHORT_MAX) message.writeUInt16BE(count, message.writeUInt8(LONG_ARRAY, at));
    else message.writeUInt8(SHORT_ARRAY | count, at);
    at += lengthBytes;
    for (const event of chosen) {
      message.set(event, at);
      at += event.length;
    }
    chosen.length = 0;
    return message;
  }
}
