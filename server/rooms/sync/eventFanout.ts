/** Sends the events of a tick: one message to each client that may learn of any. */
import { type Client, ClientState } from "@colyseus/core";
import { isPlaced, type SimEvent } from "#shared/sim/event.ts";
import { canSee, sightingOf, type Watched } from "./canSee.ts";
import { EventBytes } from "./eventBytes.ts";
import type { Visibility } from "./visibility.ts";

export function sendEvents(
  clients: Iterable<Client>,
  visibility: Visibility,
  world: Watched,
  events: readonly SimEvent[],
): void {
  if (events.length === 0) return;
  const bytes = new EventBytes(world.state.tick, events);
  // Undefined for events without a place.
  const sightings = events.map((event) => (isPlaced(event) ? sightingOf(world, event) : undefined));
  for (const client of clients) {
    // Colyseus queues messages without bound for a client that has not acknowledged its join.
    if (client.state !== ClientState.JOINED) continue;
    const onlooker = visibility.onlookerOf(client);
    for (let place = 0; place < sightings.length; place++) {
      const sighting = sightings[place];
      const learns = sighting
        ? onlooker && canSee(onlooker, sighting)
        : concerns(events[place] as SimEvent, client.sessionId);
      if (learns) bytes.add(place);
    }
    const message = bytes.take();
    if (message) visibility.deliver(client, message);
  }
}

/** Every client learns of events without a place, except assists: they outnumber kills, and seats count them. */
export const concerns = (event: SimEvent, sessionId: string): boolean =>
  event.type !== "feat" || event.feat !== "assist" || event.drone === sessionId;
