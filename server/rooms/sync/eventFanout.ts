/** Sends the events of a tick: one message to each client that may learn of any. */
import { type Client, ClientState } from "@colyseus/core";
import { packEvent } from "#shared/protocol/eventCodec.ts";
import { isPlaced, type SimEvent } from "#shared/sim/event.ts";
import type { Visibility } from "./visibility.ts";

export function sendEvents(
  clients: Iterable<Client>,
  visibility: Visibility,
  tick: number,
  events: readonly SimEvent[],
): void {
  if (events.length === 0) return;
  const packed = events.map((event) => ({ event, packed: packEvent(event) }));
  for (const client of clients) {
    // Colyseus queues messages without bound for a client that has not acknowledged its join.
    if (client.state !== ClientState.JOINED) continue;
    const visible = packed.filter(({ event }) => !isPlaced(event) || visibility.maySee(client, event));
    if (visible.length === 0) continue;
    visibility.sendEvents(client, { tick, events: visible.map(({ packed }) => packed) });
  }
}
