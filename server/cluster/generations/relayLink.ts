/** The link of a front to the front of the other generation, by way of the primary process. */
import { EventEmitter } from "node:events";
import type { Link } from "#server/cluster/processes/channel.ts";
import type { Message } from "#server/cluster/processes/messages.ts";
import type { Envelope, Order } from "./generationMessages.ts";

/** The part of `process` that a front uses. */
export interface ToPrimary {
  readonly connected: boolean;
  send?: NodeJS.Process["send"];
  on(event: "message", listener: (message: unknown, handle: unknown) => void): unknown;
}

/** Keeps what arrives until `open`, since the other front may speak before this one is ready to listen. */
export class RelayLink extends EventEmitter implements Link {
  readonly #primary: ToPrimary;
  /** In order; what a newer message replaces is under a key of its own. */
  #waiting: Map<unknown, [Message, unknown]> | undefined = new Map();
  #isLost = false;

  constructor(primary: ToPrimary) {
    super();
    this.#primary = primary;
    primary.on("message", (message, handle) => this.#receive(message as Partial<Envelope & Order>, handle));
  }

  get connected(): boolean {
    return !this.#isLost && this.#primary.connected;
  }

  readonly send: NonNullable<Link["send"]> = (message, handle, options, done) =>
    this.#primary.send?.({ relay: message } satisfies Envelope, handle, options, done) ?? false;

  /** The other front cannot be ended from here. */
  kill(): void {}

  /** Emits what has arrived, in order, then whatever arrives. */
  open(): void {
    const waiting = this.#waiting ?? new Map<unknown, [Message, unknown]>();
    this.#waiting = undefined;
    for (const [message, handle] of waiting.values()) this.emit("message", message, handle);
  }

  /** Nothing more is received or sent. */
  lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.emit("disconnect");
  }

  #receive({ relay, order }: Partial<Envelope & Order>, handle: unknown): void {
    if (this.#isLost) return;
    if (order === "lost") this.lose();
    else if (!relay) return;
    else if (this.#waiting) this.#keep(this.#waiting, relay, handle);
    else this.emit("message", relay, handle);
  }

  /** Only the newest snapshot of each room waits: a front may take a minute to open. */
  #keep(waiting: Map<unknown, [Message, unknown]>, message: Message, handle: unknown): void {
    const key = replaceable(message) ?? Symbol("once");
    waiting.delete(key);
    waiting.set(key, [message, handle]);
  }
}

function replaceable(message: Message): string | undefined {
  if (message.is === "snapshot") return `snapshot ${message.code}`;
  return message.is === "beat" ? "beat" : undefined;
}
