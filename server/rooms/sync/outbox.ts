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

  /** In their order. */
  heldFor(client: Client): readonly Uint8Array[] {
    return this.#held.get(client) ?? NONE;
  }

  /** Sends a client's messages at once, each by itself. */
  flush(client: Client): void {
    for (const message of this.heldFor(client)) client.raw(message);
    this.#held.delete(client);
  }

  /** To be called after each patch, when what was held has been sent. */
  clear(): void {
    this.#held.clear();
  }
}
