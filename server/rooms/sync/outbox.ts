/**
 * Messages that wait for their client's next patch, so that both leave in one system call. Messages for a client that the
 * patch skips are dropped; it gets a full state when patches resume.
 */
import type { Client } from "@colyseus/core";

const NONE: readonly Uint8Array[] = [];

export class Outbox {
  readonly #held = new Map<Client, Uint8Array[]>();

  /** `message`: its bytes, the protocol's code included. */
  hold(client: Client, message: Uint8Array): void {
    const held = this.#held.get(client);
    if (held) held.push(message);
    else this.#held.set(client, [message]);
  }

  /** The messages to send now, in their order. */
  take(client: Client): readonly Uint8Array[] {
    const held = this.#held.get(client);
    if (!held) return NONE;
    this.#held.delete(client);
    return held;
  }

  /** To be called once every client that receives a patch has taken its messages. */
  clear(): void {
    this.#held.clear();
  }
}
