/** What changes in a room when a client joins, drops, reconnects or leaves. */
import type { Admission } from "#server/admission/joinOptions.ts";
import { forgetSeat, keepSeatFor } from "#server/admission/seatOwners.ts";
import { countAsJoined } from "#server/colyseus/internals.ts";
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { Seat } from "#shared/schema/state.ts";
import { IDLE_ANSWER_MS } from "./activity.ts";
import type { RoomContext } from "./context.ts";
import type { ArenaClient, FaultTolerantRoom } from "./FaultTolerantRoom.ts";
import { addToRoster, botsWanted, freeSeat, maxConnections, takeSeat } from "./seats.ts";
import type { RoundTrips } from "./tick/roundTrips.ts";

/** When somebody waits for a place, a dropped player's seat is kept for this long only. */
export const SEAT_KEPT_WHEN_FULL_MS = 10_000;

export class Membership {
  readonly #room: FaultTolerantRoom;
  readonly #context: RoomContext;
  readonly #roundTrips: RoundTrips;
  /** Connections that are not their player's first. */
  readonly #returned = new WeakSet<ArenaClient>();

  constructor(room: FaultTolerantRoom, context: RoomContext, roundTrips: RoundTrips) {
    this.#room = room;
    this.#context = context;
    this.#roundTrips = roundTrips;
  }

  /** Takes a seat, in the fight or among the spectators, and connects the client to it. */
  join(client: ArenaClient, { name, spectate, ...visitor }: Admission): void {
    const { world, roomTick, people, chat, sendEvents } = this.#context;
    const { sessionId: id } = client;
    // One seat a person: assertPlace has refused those who still use theirs.
    people.giveUpKept(0, people.seatsOf(visitor));
    people.joined(id, visitor);
    chat.enter(id, visitor);
    const newSeat = { id, name, bot: false };
    if (spectate) addToRoster(world.state, newSeat);
    else {
      const { events } = takeSeat(world, newSeat);
      roomTick.addPlayer(id);
      sendEvents(events);
    }
    const seat = this.#seatOf(id);
    if (seat) seat.muted = people.isMuted(id);
    this.#connect(client);
    this.settle();
    // The name that others see: uniqueName may have added a number.
    const shown = { name: seat?.name ?? "", spectating: seat?.spectating ?? false };
    this.#room.notify({ type: "joined", ...shown }, client);
    this.#room.log.info({ player: id, ...shown }, "joined");
  }

  /** The connection is gone; its seat stays, unless the player is being removed. */
  drop(client: ArenaClient, isRemoved: boolean): void {
    const { world, visibility, succession } = this.#context;
    const { sessionId: id } = client;
    if (this.#returned.has(client)) countAsJoined(client);
    visibility.close(client);
    const seat = this.#seatOf(id);
    if (!seat) return;
    seat.connected = false;
    if (world.state.hosted) succession.dropped(id);
    if (!isRemoved) this.#room.notify({ type: "away", name: seat.name });
    this.#room.log.info({ player: id }, "dropped");
  }

  /** The player is back in its kept seat, on a new connection. */
  reconnect(client: ArenaClient): void {
    const { sessionId: id } = client;
    this.#returned.add(client);
    this.#context.people.returned(id);
    const seat = this.#seatOf(id);
    if (seat) seat.connected = true;
    if (this.#context.world.state.hosted) this.#context.activity.noteMessage(id);
    this.#connect(client);
    this.#room.notify({ type: "back", name: seat?.name ?? "" }, client);
    this.#room.log.info({ player: id }, "back");
  }

  /** Frees the seat and forgets the player. */
  leave(client: ArenaClient): void {
    const { sessionId: id } = client;
    const { world, people, visibility, succession, roomTick, flow, chat } = this.#context;
    const seat = this.#seatOf(id);
    visibility.close(client);
    visibility.forget(id);
    roomTick.removePlayer(id);
    flow.vote.forget(id);
    this.#roundTrips.forget(id);
    forgetSeat(id);
    chat.leave(id);
    const why = people.left(id);
    freeSeat(world.state, id);
    // The client was refused before it had a seat.
    if (!seat) return;
    if (world.state.hosted) succession.left(id);
    this.settle();
    this.#room.notify({ type: "left", name: seat.name, why });
    this.#room.log.info({ player: id, why }, "left");
  }

  /** Asks idle players of a public room whether they are still there, and removes those who do not answer. */
  removeIdle(): void {
    const { world, activity, people } = this.#context;
    if (world.state.hosted) return;
    const { asked, answered, idle } = activity.due();
    const tell = (id: string, notice: Notice) => this.#room.clients.getById(id)?.send(MESSAGE.notice, notice);
    for (const id of asked) tell(id, { type: "idle", inMs: IDLE_ANSWER_MS });
    for (const id of answered) tell(id, { type: "active" });
    for (const id of idle) if (!people.isRemoved(id)) people.removeIdle(id);
  }

  /** Somebody waits for a place: gives up seats kept for a while, and in a hosted room those of idle players. */
  freeUnused(): void {
    const { world, activity, people } = this.#context;
    people.giveUpKept(SEAT_KEPT_WHEN_FULL_MS);
    if (!world.state.hosted) return;
    for (const id of [...world.state.roster.keys()]) if (activity.isIdle(id)) people.removeIdle(id);
  }

  /** Adjusts bots and the connection limit after people came, left or changed places, or the settings changed. */
  settle(): void {
    const { world, bots, settings, sendEvents } = this.#context;
    sendEvents(bots.fill(botsWanted(world.state, settings.now, bots.count)));
    const maxClients = maxConnections(world.state, settings.now);
    if (maxClients === this.#room.maxClients) return;
    this.#room.inTheBackground("setMatchmaking", this.#room.setMatchmaking({ maxClients }));
  }

  #connect(client: ArenaClient): void {
    const { world, visibility, chat, succession } = this.#context;
    visibility.open(client);
    if (visibility.isDelayed(client)) {
      client.send(MESSAGE.notice, { type: "late", inMs: SPECTATOR_DELAY_MS } satisfies Notice);
    }
    chat.sendRecent(client);
    this.#roundTrips.measure(client);
    keepSeatFor(client.sessionId, client.reconnectionToken, client.auth?.identity);
    if (world.state.hosted) succession.entered(client.sessionId);
  }

  #seatOf(id: string): Seat | undefined {
    return this.#context.world.state.roster.get(id);
  }
}
