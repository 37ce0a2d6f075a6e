/** A room with a fight in it: its lifecycle and its wiring. Each rule is in the file that is named after it. */
import type { AuthContext } from "@colyseus/core";
import { type Bannable, closeBans } from "#server/admission/bans.ts";
import {
  type Admission,
  admit,
  type Entrance,
  parseJoinOptions,
  UNKNOWN,
} from "#server/admission/joinOptions.ts";
import { codeFor } from "#server/admission/roomCodes.ts";
import { forgetSeat, keepSeatFor } from "#server/admission/seatOwners.ts";
import { arenaOf } from "#server/arenas.ts";
import { countAsJoined, runOnMonotonicTime } from "#server/colyseus/internals.ts";
import type { GuardedSocket } from "#server/edge/guardedSocket.ts";
import { SEAT_RESERVED_SEC } from "#server/edge/limits.ts";
import { COMMAND_BACKLOG_MAX, PATCH_MS, REWIND_MAX_MS, TICKS_PER_SEC } from "#shared/config.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { rulesUnder } from "#shared/protocol/roomSettings.ts";
import { COMMAND_RANGES, CommandInput } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { assertPlace } from "./admissionRules.ts";
import type { RoomContext } from "./context.ts";
import { createContext } from "./createContext.ts";
import { type ArenaClient, FaultTolerantRoom, orRefuse } from "./FaultTolerantRoom.ts";
import { EmptyRoom } from "./host/emptyRoom.ts";
import { Listing } from "./lobby/roomListing.ts";
import { takeRequests } from "./requests.ts";
import { botsWanted, connectionsMax } from "./roomSize.ts";
import { addToRoster, freeSeat, takeSeat } from "./seats.ts";
import { type PublicRules, publicSettings } from "./settings.ts";
import { Backpressure } from "./sync/backpressure.ts";
import { tell } from "./sync/eventFanout.ts";
import { ArenaSerializer } from "./sync/serializer.ts";
import { RoundTrips } from "./tick/roundTrips.ts";
import { Timings } from "./tick/timings.ts";

/** What a new world holds until the room knows what it is made for. */
const FIRST = publicSettings();

export class ArenaRoom extends FaultTolerantRoom implements Entrance {
  override patchRate = PATCH_MS;
  override seatReservationTimeout = SEAT_RESERVED_SEC;
  readonly #world = createWorld(arenaOf(FIRST.map), Math.floor(Math.random() * 2 ** 32), rulesUnder(FIRST));
  override state = this.#world.state;
  override inputs = this.defineInput(CommandInput, {
    sanitize: COMMAND_RANGES,
    bufferMaxSize: COMMAND_BACKLOG_MAX,
  });
  readonly #history = this.allowRewindState({ maxRewindMs: REWIND_MAX_MS + PATCH_MS }).attachAll(
    this.state.drones,
    { fields: ["x", "y"], mode: "snapshot" },
  );

  readonly #roundTrips = new RoundTrips();
  readonly #pacing = new Backpressure(this.#roundTrips);
  #parts!: RoomContext;
  #listing: Listing | undefined;
  readonly #emptiness = new EmptyRoom(this.clock, () => this.disconnect(CLOSE.roomEnded));
  /** Connections that are not their player's first. */
  readonly #returned = new WeakSet<ArenaClient>();

  /** Colyseus sets its own when the room is made. */
  override setSerializer(): void {
    super.setSerializer(new ArenaSerializer(() => this.#parts.views));
  }

  static override async onAuth(_token: string, options: unknown, context: AuthContext): Promise<Admission> {
    return admit(options, context);
  }

  override async onCreate(options: { publicRules?: PublicRules } = {}): Promise<void> {
    this.roomId = await codeFor(this.roomId);
    this.log.setBindings({ room: this.roomId });
    runOnMonotonicTime(this.clock);
    this.#parts = createContext(
      {
        ...{ room: this, world: this.#world, inputs: this.inputs },
        ...{ history: this.#history, roundTrips: this.#roundTrips },
        happened: (events) => this.#happened(events),
      },
      parseJoinOptions(options),
      options.publicRules,
    );
    this.#listing = new Listing({ state: this.state, ...this.#parts });
    this.#settle();
    this.#publish();
    const meter = new Timings();
    this.setFixedTimestep(
      meter.ticks(() => this.#step()),
      TICKS_PER_SEC,
    );
    meter.patches(this);
    takeRequests(this, { parts: this.#parts, log: this.log, settle: () => this.#settle() });
    this.log.info({ hosted: this.state.hosted }, "room opened");
  }

  /** Asked by the edge before a place is held, and once more when it is taken. Throws ServerError. */
  assertEntry(options: Pick<JoinOptions, "password" | "spectate">, visitor: Bannable): void {
    assertPlace({ state: this.state, ...this.#parts }, options, visitor);
  }

  override onJoin(client: ArenaClient, _options: unknown, admission: Partial<Admission>): void {
    orRefuse(() => {
      const guest = { ...UNKNOWN, ...admission };
      this.assertEntry(guest, guest);
      // It has opened the door: nobody needs to find it in here later.
      Object.assign(client.auth ?? {}, { password: "" });
      this.#seat(client, guest);
      this.#connect(client);
      this.#settle();
      const { name = "", spectating = false } = this.state.roster.get(client.sessionId) ?? {};
      this.tell({ type: "joined", name, spectating }, client);
      this.log.info({ player: client.sessionId, name, spectating }, "joined");
    });
  }

  override onDrop(client: ArenaClient): void {
    const { sessionId } = client;
    const { people, views, hosting, settings } = this.#parts;
    // Nobody is away who is turned out, or ended for what they sent.
    const isGone = people.isTurnedOut(sessionId) || (client.ref as Partial<GuardedSocket>).malicious === true;
    this.attempt("onDrop", client, () => {
      if (this.#returned.has(client)) countAsJoined(client);
      views.close(client);
      const seat = this.state.roster.get(sessionId);
      if (!seat) return;
      seat.connected = false;
      if (this.state.hosted) hosting.dropped(sessionId);
      if (!isGone) this.tell({ type: "away", name: seat.name });
      this.log.info({ player: sessionId }, "dropped");
    });
    if (isGone) return;
    // Rejects when nobody comes back in time or the room closes; onLeave follows by itself.
    people.wentAway(sessionId, this.allowReconnection(client, settings.now.seatKeptSec));
    this.#endIfEmpty();
  }

  override onReconnect(client: ArenaClient): void {
    orRefuse(() => {
      this.#returned.add(client);
      this.#parts.people.cameBack(client.sessionId);
      const seat = this.state.roster.get(client.sessionId);
      if (seat) seat.connected = true;
      this.#connect(client);
      this.tell({ type: "back", name: seat?.name ?? "" }, client);
      this.log.info({ player: client.sessionId }, "back");
    });
  }

  override onLeave(client: ArenaClient): void {
    const { sessionId } = client;
    const { people, views, hosting, fight, flow, talk } = this.#parts;
    this.attempt("onLeave", client, () => {
      const seat = this.state.roster.get(sessionId);
      views.close(client);
      views.forget(sessionId);
      fight.leave(sessionId);
      flow.vote.forget(sessionId);
      this.#roundTrips.forget(sessionId);
      forgetSeat(sessionId);
      talk.forget(sessionId);
      const why = people.left(sessionId);
      freeSeat(this.state, sessionId);
      // Was never let in.
      if (!seat) return;
      if (this.state.hosted) hosting.left(sessionId);
      this.#settle();
      this.tell({ type: "left", name: seat.name, why });
      this.log.info({ player: sessionId, why }, "left");
    });
    this.#endIfEmpty();
  }

  /** Development only: a hot reload makes the room anew, and its players take new seats as they reconnect. */
  override onRestoreRoom(): void {
    const { drones, projectiles, roster } = this.state;
    for (const entities of [drones, projectiles, roster]) entities.clear();
  }

  /** Tells everybody that the server is about to restart. */
  announceRestart(inMs: number): void {
    this.tell({ type: "restarting", inMs });
  }

  /** The server closes: on this code every client comes back by itself. */
  override onBeforeShutdown(): void {
    this.disconnect(CLOSE.restarting);
  }

  override onDispose(): void {
    closeBans(this.roomId);
    this.log.info("room closed");
  }

  override broadcastPatch(): boolean {
    const changed = super.broadcastPatch();
    this.#roundTrips.ping();
    return changed;
  }

  /** Colyseus calls this before each patch. */
  override onBeforePatch(): void {
    this.#publish();
    if (this.clients.length === 0) return;
    const { views, talk } = this.#parts;
    const { paused, resumed } = this.#pacing.update(this.clients);
    for (const client of paused) views.close(client);
    for (const client of resumed) {
      views.showAnew(client);
      talk.tellKept(client);
    }
    views.update(this.clients);
  }

  /** A place in the room: in the fight, or among those who watch. */
  #seat({ sessionId: id }: ArenaClient, { name, spectate, ...visitor }: Admission): void {
    const { fight, people } = this.#parts;
    people.came(id, visitor);
    const seat = { id, name, bot: false };
    if (spectate) addToRoster(this.state, seat);
    else {
      const { events } = takeSeat(this.#world, seat);
      fight.enter(id);
      this.#send(events);
    }
    const taken = this.state.roster.get(id);
    if (taken) taken.muted = people.isMuted(id);
  }

  /** Somebody is there, for the first time or again. */
  #connect(client: ArenaClient): void {
    this.#emptiness.over();
    this.#parts.views.open(client);
    this.#parts.talk.tellKept(client);
    this.#roundTrips.measure(client);
    keepSeatFor(client.sessionId, client.reconnectionToken, client.auth?.identity);
    if (!this.state.hosted) return;
    this.#parts.hosting.entered(client.sessionId);
    // From now on it ends by its own clock.
    this.autoDispose = false;
  }

  #endIfEmpty(): void {
    if (this.state.hosted && !this.autoDispose && this.clients.length === 0) this.#emptiness.begin();
  }

  /** After people came, went or changed places, or the settings changed. */
  #settle(): void {
    const { bots, settings } = this.#parts;
    this.#send(bots.fill(botsWanted(this.state, settings.now, bots.count)));
    const maxClients = connectionsMax(this.state, settings.now);
    if (maxClients !== this.maxClients) {
      this.inTheBackground("setMatchmaking", this.setMatchmaking({ maxClients }));
    }
  }

  protected override patchFailed(): void {
    // A patch may be due before the room is put together.
    (this.#parts as RoomContext | undefined)?.views.startAnew();
  }

  #publish(): void {
    const news = this.#listing?.news(this.clock.elapsedTime);
    if (news) this.inTheBackground("setMatchmaking", this.setMatchmaking({ ...news }));
  }

  #step(): void {
    const isEmpty = this.state.hosted && this.clients.length === 0;
    if (!this.state.paused && !isEmpty) this.#happened(this.#parts.fight.step());
    this.stepped();
  }

  #happened(events: readonly SimEvent[]): void {
    this.#send(events);
    if (!this.#parts.flow.follow(events)) return;
    this.#parts.views.startAnew();
    this.log.info({ map: this.state.map, mode: this.state.mode }, "next match");
  }

  #send(events: readonly SimEvent[]): void {
    tell(this.clients, this.#parts.views, this.state.tick, events);
  }
}
