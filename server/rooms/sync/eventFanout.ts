/** Events of a tick go out as one message to each of those who could see or hear them. */
import { type Client, ClientState } from "@colyseus/core";
import { packEvent } from "#shared/protocol/eventCodec.ts";
import { isPlaced, type SimEvent } from "#shared/sim/event.ts";
import type { Visibility } from "./visibility.ts";

export function tell(
  clients: Iterable<Client>,
  views: Visibility,
  tick: number,
  events: readonly SimEvent[],
): void {
  if (events.length === 0) return;
  const told = events.map((event) => ({ event, packed: packEvent(event) }));
  for (const client of clients) {
    // Who has not acknowledged the join would be kept a growing queue.
    if (client.state !== ClientState.JOINED) continue;
    const perceived = told.filter(({ event }) => !isPlaced(event) || views.tells(client, event));
    if (perceived.length > 0)
      views.sendEvents(client, { tick, events: perceived.map(({ packed }) => packed) });
  }
}
