/** What changes in a room when a client joins, drops, reconnects or leaves. */
import type { Admission } from "#server/admission/joinOptions.ts";
import type { UnusedPlace } from "#server/admission/roomQuestions.ts";
import { forgetSeat, keepSeatFor, tokenOnReturn } from "#server/admission/seatOwners.ts";
import { readCommands } from "#server/colyseus/commandInbox.ts";
import { countAsJoined, dropFromNowOn } from "#server/colyseus/internals.ts";
import type { GuardedSocket } from "#server/edge/guardedSocket.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { Seat } from "#shared/schema/state.ts";
import type { RoomContext } from "./context.ts";
import type { ArenaClient, FaultTolerantRoom } from "./FaultTolerantRoom.ts";
import { summaryOf } from "./match/matchSummary.ts";
import { addToRoster, botsWanted, freeSeat, maxConnections, takeSeat } from "./seats.ts";
import { freeTeam } from "./sides.ts";
import type { RoundTrips } from "./tick/roundTrips.ts";

/** When somebody waits for a place, a dropped player's seat is kept for this long only. */
export const SEAT_KEPT_WHEN_FULL_MS = 10_000;

export class Membership {
  readonly #room: FaultTolerantRoom;
  readonly #context: RoomContext;
  readonly #roundTrips: RoundTrips;
  /** Connections that are not their player's first. */
  readonly #returned = new WeakSet<ArenaClient>();
  /** Whether the clients know that the room stands still. */
  #isStill = false;

  constructor(room: FaultTolerantRoom, context: RoomContext, roundTrips: RoundTrips) {
    this.#room = room;
    this.#context = context;
    this.#roundTrips = roundTrips;
  }

  /** Takes a seat, in the fight or among the spectators, and connects the client to it. */
  join(client: ArenaClient, admission: Admission): void {
    const { world, roomTick, people, chat, record, sendEvents } = this.#context;
    const { name, spectate, entrant, identity, network } = admission;
    const { sessionId: id } = client;
    // One seat a person: assertPlace has refused those who still use theirs. Freed now, so that the name is free.
    for (const kept of people.seatsOf(admission)) {
      people.giveUp(kept);
      this.#free(kept);
    }
    people.joined(id, admission);
    chat.enter(id, { identity, network });
    const { isAccount, reserved = [], level, look } = entrant;
    const newSeat = { id, name, bot: false, isAccount, reserved, level, look };
    if (spectate) addToRoster(world.state, newSeat);
    else {
      const { events } = takeSeat(world, newSeat, freeTeam(world, people.strengthOf));
      roomTick.addPlayer(id);
      record.entered(id);
      sendEvents(events);
    }
    const seat = this.#seatOf(id);
    if (seat) seat.muted = people.isMuted(id);
    this.#connect(client);
    this.adjust();
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
    client.reconnectionToken = tokenOnReturn(id, client.reconnectionToken);
    dropFromNowOn(client);
    this.#returned.add(client);
    this.#context.people.returned(id);
    const seat = this.#seatOf(id);
    if (seat) seat.connected = true;
    if (this.#context.world.state.hosted) this.#context.activity.noteMessage(id);
    this.#connect(client);
    this.#ask(id);
    const summary = summaryOf(this.#context.world, id);
    if (summary) this.#tell(id, { type: "summary", summary });
    this.#room.notify({ type: "back", name: seat?.name ?? "" }, client);
    this.#room.log.info({ player: id }, "back");
  }

  /** Frees the seat and forgets the player. */
  leave(client: ArenaClient): void {
    this.#context.visibility.close(client);
    this.#free(client.sessionId);
  }

  #free(id: string): void {
    const { world, people, visibility, succession, roomTick, flow, chat, record } = this.#context;
    const seat = this.#seatOf(id);
    visibility.forget(id);
    roomTick.removePlayer(id);
    flow.vote.forget(id);
    this.#roundTrips.forget(id);
    forgetSeat(id);
    chat.leave(id);
    const why = people.left(id);
    record.left(id, why);
    freeSeat(world.state, id);
    // The client was refused before it had a seat, or its seat is free already.
    if (!seat) return;
    if (world.state.hosted) succession.left(id);
    this.adjust();
    this.#room.notify({ type: "left", name: seat.name, why });
    this.#room.log.info({ player: id, why }, "left");
  }

  /** Asks idle players whether they are still there; a public room removes those who do not answer. */
  followActivity(): void {
    const { world, activity, people } = this.#context;
    const { asked, answered, idle } = activity.due((id) => this.#seatOf(id)?.connected === true);
    for (const id of asked) this.#ask(id);
    for (const id of answered) this.#tell(id, { type: "active" });
    this.#tellStill();
    if (world.state.hosted) return;
    for (const id of idle) if (!people.isRemoved(id)) people.removeIdle(id);
  }

  /** The seats kept for a while or for `by`, and in a hosted room those of idle players, who are not removed otherwise. */
  unusedPlaces(by?: Visitor): Omit<UnusedPlace, "room">[] {
    const { world, activity, people } = this.#context;
    const own = by ? people.seatsOf(by) : [];
    const kept = people
      .keptSeats()
      .map(({ id, forMs }) => ({
        seat: id,
        isKept: true,
        forMs: own.includes(id) ? Number.POSITIVE_INFINITY : forMs,
      }))
      .filter(({ forMs }) => forMs >= SEAT_KEPT_WHEN_FULL_MS);
    if (!world.state.hosted) return kept;
    const idle = [...world.state.roster.keys()].filter((id) => this.#isIdle(id));
    return kept.concat(idle.map((seat) => ({ seat, isKept: false, forMs: -(activity.answerMs(seat) ?? 0) })));
  }

  /** Frees a place, unless somebody uses it again. */
  freePlace(seat: string): void {
    const { people } = this.#context;
    if (people.isKept(seat)) people.giveUp(seat);
    else if (this.#isIdle(seat)) people.removeIdle(seat);
  }

  #isIdle(id: string): boolean {
    return !this.#context.people.isKept(id) && this.#context.activity.isIdle(id);
  }

  /** Tells everyone when the room stops because nobody plays, and when it goes on. */
  #tellStill(): void {
    const { isStill } = this.#context.roomTick;
    if (isStill === this.#isStill || this.#room.clients.length === 0) return;
    this.#isStill = isStill;
    this.#room.notify({ type: "still", isStill });
  }

  /** Tells an asked player how long they have to answer. */
  #ask(id: string): void {
    const inMs = this.#context.activity.answerMs(id);
    if (inMs !== undefined) this.#tell(id, { type: "idle", inMs });
  }

  #tell(id: string, notice: Notice): void {
    this.#room.clients.getById(id)?.send(MESSAGE.notice, notice);
  }

  /** Adjusts bots and the connection limit after people came, left or changed places, or the settings changed. */
  adjust(): void {
    const { world, bots, botSkill, settings, sendEvents } = this.#context;
    this.#context.hasChanged = true;
    botSkill.adjust();
    sendEvents(bots.fill(botsWanted(world, settings.now, bots.count)));
    const maxClients = maxConnections(world.state, settings.now);
    if (maxClients === this.#room.maxClients) return;
    this.#room.inTheBackground("setMatchmaking", this.#room.setMatchmaking({ maxClients }));
  }

  #connect(client: ArenaClient): void {
    const { world, visibility, chat, succession } = this.#context;
    readCommands(this.#room, client, (client.ref as Partial<GuardedSocket>).inbox);
    visibility.open(client);
    if (this.#isStill) this.#tell(client.sessionId, { type: "still", isStill: true });
    chat.sendRecent(client);
    this.#roundTrips.measure(client);
    keepSeatFor(client.sessionId, client.reconnectionToken, client.auth?.identity);
    this.#context.hasChanged = true;
    if (world.state.hosted) succession.entered(client.sessionId);
  }

  #seatOf(id: string): Seat | undefined {
    return this.#context.world.state.roster.get(id);
  }
}
