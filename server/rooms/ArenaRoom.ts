/** An arena's lifecycle and wiring. Each rule is in the file named after it. */
import { type AuthContext, type Client, ClientState, ServerError } from "@colyseus/core";
import { closeBans } from "#server/admission/bans.ts";
import {
  type Admission,
  type AnyVisitor,
  admit,
  parseJoinOptions,
  UNKNOWN,
} from "#server/admission/joinOptions.ts";
import { SEAT_RESERVED_SEC } from "#server/admission/reservations.ts";
import { randomCode } from "#server/admission/roomCodes.ts";
import type { TryOutRoom } from "#server/admission/roomQuestions.ts";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { arenaOf } from "#server/arenas.ts";
import {
  isIntercepted,
  replaceTimers,
  runOnMonotonicTime,
  stampCommands,
} from "#server/colyseus/internals.ts";
import type { GuardedSocket } from "#server/edge/guardedSocket.ts";
import { PATCH_MS, REWIND_MAX_MS, TICK_MS, TICKS_PER_SEC } from "#shared/config.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import { rulesUnder } from "#shared/protocol/roomSettings.ts";
import { COMMAND_RANGES, CommandInput } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { assertPlace } from "./admissionRules.ts";
import type { RoomContext } from "./context.ts";
import { createContext } from "./createContext.ts";
import { TryOutHost } from "./editor/tryOutHost.ts";
import { type ArenaClient, FaultTolerantRoom, orRefuse } from "./FaultTolerantRoom.ts";
import { EmptyRoom } from "./host/emptyRoom.ts";
import { watchesReplay } from "./host/screenActions.ts";
import { LateSummaries } from "./live/lateSummaries.ts";
import { RoomListingUpdates } from "./lobby/roomListing.ts";
import { tellSummaries } from "./match/matchSummary.ts";
import { ResultDelivery } from "./match/resultDelivery.ts";
import { Membership } from "./membership.ts";
import { Moving } from "./moving.ts";
import { handleRequests } from "./requests.ts";
import { type PublicRules, publicSettings } from "./settings.ts";
import { continueFrom, keepSeats, optionsOf, Reopening, restoreSnapshot } from "./snapshot.ts";
import { Backpressure, Pacing } from "./sync/backpressure.ts";
import { Outbox } from "./sync/outbox.ts";
import { ArenaSerializer, type Views } from "./sync/serializer.ts";
import { History } from "./tick/history.ts";
import { RoomClock } from "./tick/roomClock.ts";
import { RoundTrips } from "./tick/roundTrips.ts";
import { SeatPings } from "./tick/seatPings.ts";
import { RoomTimings } from "./tick/timings.ts";

interface CreateOptions {
  publicRules?: PublicRules;
  /** An earlier instance of the room, which this one continues under its code: a Reopening. */
  reopening?: unknown;
  tryOut?: TryOutRoom | undefined;
}

/** The world's content until onCreate knows the room's own settings. */
const FIRST = publicSettings();

export class ArenaRoom extends FaultTolerantRoom {
  override patchRate = PATCH_MS;
  override seatReservationTimeout = SEAT_RESERVED_SEC;
  readonly #world = createWorld(arenaOf(FIRST.map), Math.floor(Math.random() * 2 ** 32), rulesUnder(FIRST));
  override state = this.#world.state;
  /** Sanitised here only for sockets without an inbox, as Vite's in development (commandInbox.ts). */
  override inputs = this.defineInput(CommandInput, { sanitize: COMMAND_RANGES });
  readonly #history = new History(REWIND_MAX_MS + PATCH_MS, PATCH_MS);

  readonly #views: Views = new WeakMap();
  readonly #outbox = new Outbox();
  readonly #roundTrips = new RoundTrips();
  readonly #seatPings = new SeatPings(this.state, (id) => this.#roundTrips.usualMs(id));
  readonly #recorders: Client[] = [];
  #serializer: ArenaSerializer | undefined;
  readonly #emptyRoom = new EmptyRoom(this);
  #context!: RoomContext;
  membership!: Membership;
  moving!: Moving;
  live!: LateSummaries;
  #results: ResultDelivery | undefined;
  #pacing: Pacing | undefined;
  #listing: RoomListingUpdates | undefined;
  /** People who come back to a room whose arena is gone. */
  readonly #untoldOfMap = new Set<string>();
  #tryOut: TryOutHost | undefined;
  #nowMs: () => number = () => performance.now();

  /** Colyseus calls this with its own serializer when it creates the room. */
  override setSerializer(): void {
    const parts = {
      views: this.#views,
      outbox: this.#outbox,
      roundTrips: this.#roundTrips,
      recorders: this.#recorders,
    };
    this.#serializer = new ArenaSerializer(parts);
    super.setSerializer(this.#serializer);
  }

  static override async onAuth(_token: string, options: unknown, context: AuthContext): Promise<Admission> {
    return admit(options, context);
  }

  override async onCreate({ reopening, tryOut, ...options }: CreateOptions = {}): Promise<void> {
    const snapshot = reopening instanceof Reopening ? reopening.snapshot : undefined;
    // The front draws a code. In development Colyseus' matchmaker does not know of any.
    if (!isRoomCode(this.roomId)) this.roomId = randomCode();
    this.log.setBindings({ room: this.roomId });
    stampCommands(this);
    this.#nowMs = runOnMonotonicTime(this.clock);
    if (snapshot) continueFrom(this, snapshot);
    this.#context = createContext(
      {
        room: this,
        world: this.#world,
        inputs: this.inputs,
        history: this.#history,
        roundTrips: this.#roundTrips,
        views: this.#views,
        outbox: this.#outbox,
        recorders: this.#recorders,
        happened: (events) => this.#happened(events),
      },
      snapshot ? optionsOf(snapshot) : parseJoinOptions(options),
      options.publicRules,
      tryOut !== undefined,
    );
    this.membership = new Membership(this, this.#context, this.#roundTrips);
    this.#pacing = new Pacing(new Backpressure(this.#roundTrips), this.#context);
    this.#results = new ResultDelivery({
      people: this.#context.people,
      tell: this.#tell,
      levelled: (seat, level) => {
        const found = this.state.roster.get(seat);
        if (found) found.level = level;
      },
      afterStep: (work) => this.inTheBackground("keep", Promise.resolve().then(work)),
    });
    this.#listing = new RoomListingUpdates({ state: this.state, ...this.#context });
    this.live = new LateSummaries(this.#context);
    if (snapshot && restoreSnapshot(this.#context, snapshot))
      for (const { seat } of snapshot.people) this.#untoldOfMap.add(seat);
    this.membership.adjust();
    this.#publish();
    replaceTimers(this, TICKS_PER_SEC, PATCH_MS);
    this.moving = new Moving(this, this.#context, () => this.#startClock());
    handleRequests(this, this.#context, {
      adjust: () => this.membership.adjust(),
      isFrozen: () => this.moving.isFrozen,
    });
    if (snapshot) await this.#keepSeats(snapshot);
    if (tryOut) this.#beginTryOut(tryOut);
    this.log.info({ hosted: this.state.hosted, restored: snapshot !== undefined }, "room opened");
  }

  /** The room as the operator's monitor shows it. */
  inspect() {
    const { roomId, metadata, maxClients, locked, state } = this;
    const clients = this.clients.map(({ sessionId }) => ({ sessionId }));
    const stateSize = this.#serializer?.getFullState().length;
    return { roomId, metadata, maxClients, locked, state, clients, stateSize };
  }

  /** Called before a seat is reserved, and again when it is taken. Throws ServerError. */
  assertEntry(options: Pick<JoinOptions, "password" | "spectate">, visitor: AnyVisitor): void {
    this.assertStays();
    assertPlace({ state: this.state, ...this.#context }, options, visitor);
  }

  /** What happens to a room while it moves is lost where it goes on. Throws ServerError with REFUSAL.restarting. */
  assertStays(): void {
    if (this.moving.isFrozen) throw new ServerError(REFUSAL.restarting, "This room moves: try again.");
  }

  override onJoin(client: ArenaClient, _options: unknown, admission: Partial<Admission>): void {
    orRefuse(() => {
      const guest = { ...UNKNOWN, ...admission };
      this.assertEntry(guest, guest);
      // No longer needed: code that reads client.auth later must not find the password.
      Object.assign(client.auth ?? {}, { password: "" });
      this.membership.join(client, guest);
      this.#tryOut?.entered(client.sessionId, guest);
      this.#emptyRoom.occupied();
    });
  }

  override onDrop(client: ArenaClient): void {
    const { sessionId } = client;
    const { people, settings } = this.#context;
    // A player who was kicked, banned or cut off for malicious frames has no seat to come back to.
    const isRemoved =
      people.isRemoved(sessionId) || (client.ref as Partial<GuardedSocket>).malicious === true;
    this.attempt("onDrop", client, () => this.membership.drop(client, isRemoved));
    if (isRemoved) return;
    // Rejects when the player does not return in time or the room closes; Colyseus calls onLeave then.
    people.dropped(sessionId, this.allowReconnection(client, settings.now.seatKeptSec));
    this.#emptyRoom.left();
  }

  override onReconnect(client: ArenaClient): void {
    orRefuse(() => {
      // It came before the room began to move: what happens to it now is lost where it goes on. The SDK tries again.
      if (this.moving.isFrozen) (client.ref as unknown as GuardedSocket).terminate();
      this.assertStays();
      this.membership.reconnect(client);
      if (this.#untoldOfMap.delete(client.sessionId)) this.#tell(client.sessionId, { type: "mapGone" });
      this.#emptyRoom.occupied();
    });
  }

  override onLeave(client: ArenaClient): void {
    this.attempt("onLeave", client, () => this.membership.leave(client));
    this.#emptyRoom.left();
  }

  /** Development only: a hot reload recreates the room, and its players take new seats when they reconnect. */
  override onRestoreRoom(): void {
    const { drones, projectiles, roster } = this.state;
    for (const entities of [drones, projectiles, roster]) entities.clear();
  }

  /**
   * Holds the message for the client's next patch. Otherwise a crowd that joins or drops would cost one system call per
   * client and notice, and delay patches.
   */
  protected override deliver(client: ArenaClient, message: Buffer): void {
    if (client.state === ClientState.JOINED && !isIntercepted(client)) this.#outbox.hold(client, message);
    else super.deliver(client, message);
  }

  /** Sends the messages that are held, then ends the connections. */
  override disconnect(code?: number): Promise<unknown> {
    for (const client of this.clients) this.#outbox.flush(client);
    if (code === CLOSE.restarting) (this.#context as RoomContext | undefined)?.recording.leave();
    // Nothing that comes is handled any more: Colyseus takes its listeners off at once.
    (this.moving as Moving | undefined)?.readOn();
    return super.disconnect(code);
  }

  /** Notifies all clients that the server restarts in `inMs`. */
  announceRestart(inMs: number): void {
    this.notify({ type: "restarting", inMs });
  }

  /** On this close code every client reconnects by itself. */
  override onBeforeShutdown(): void {
    this.disconnect(CLOSE.restarting);
  }

  override onDispose(): void {
    // A room whose onCreate has failed has none.
    (this.moving as Moving | undefined)?.stop();
    this.#results?.close();
    (this.#context as RoomContext | undefined)?.recording.close();
    closeBans(this.roomId);
    this.log.info("room closed");
  }

  override broadcastPatch(): boolean {
    const changed = super.broadcastPatch();
    const { elapsedTime } = this.clock;
    // Unless no tick ran since the last patch: then the positions are recorded already.
    if (elapsedTime > this.#history.newestMs) this.#history.record(elapsedTime, this.state.drones.values());
    this.#roundTrips.ping();
    return changed;
  }

  /** Colyseus calls this before each patch. */
  override onBeforePatch(): void {
    this.#publish();
    if (this.clients.length + this.#recorders.length === 0) return;
    this.#seatPings.update(this.clock.elapsedTime);
    this.#pacing?.beforePatch(this.clients);
    this.#context.recording.beforePatch();
    this.#context.visibility.update([...this.clients, ...this.#recorders]);
  }

  protected override patchFailed(): void {
    // A patch may be due before onCreate has finished.
    (this.#context as RoomContext | undefined)?.visibility.reset();
  }

  protected override stepFailed(error: unknown): void {
    this.#context.incidents.threw(error);
  }

  /** For an operator: writes the room's last minute to a file, and answers its path. */
  async writeIncident(): Promise<string | undefined> {
    return this.#context.incidents.write({ kind: "operator", what: "an operator asked" });
  }

  #beginTryOut(tryOut: TryOutRoom): void {
    this.#tryOut = new TryOutHost(tryOut, this.#context.succession);
    this.#emptyRoom.endSoon();
  }

  async #keepSeats(snapshot: RoomSnapshot): Promise<void> {
    // A hosted room that nobody enters ends by its timer, which starts when somebody leaves.
    this.#emptyRoom.occupied();
    await keepSeats(this, this.#context, snapshot);
    this.#emptyRoom.left();
  }

  #publish(): void {
    // A patch may be due before onCreate has finished.
    (this.live as LateSummaries | undefined)?.note();
    const matchmaking = this.#listing?.next(this.clock.elapsedTime);
    if (matchmaking) this.inTheBackground("setMatchmaking", this.setMatchmaking({ ...matchmaking }));
  }

  #startClock(): RoomClock {
    const timings = new RoomTimings();
    return new RoomClock({
      tickMs: TICK_MS,
      patchMs: PATCH_MS,
      nowMs: this.#nowMs,
      beforeTicks: () => this.clock.tick(),
      tick: timings.measureTicks(() => this.attemptStep(() => this.#step())),
      patch: timings.measurePatches(() => this.broadcastPatch()),
    });
  }

  readonly #tell = (seat: string, notice: Notice): void => {
    this.clients.getById(seat)?.send(MESSAGE.notice, notice);
  };

  #step(): void {
    // First, because it may end the replay.
    const isScreened = watchesReplay(this.#context);
    if (isScreened || this.state.paused) this.#context.activity.restart();
    else this.#happened(this.#context.roomTick.step());
    this.#context.incidents.checkInvariants();
    this.membership.followActivity();
  }

  #happened(events: readonly SimEvent[]): void {
    this.#context.sendEvents(events);
    tellSummaries(this.#world, events, this.#tell);
    this.#context.recording.follow(events);
    this.live.follow(events);
    const result = this.#context.record.follow(events);
    if (result && !this.#tryOut) this.#results?.keep(result);
    this.#context.botSkill.follow(events);
    if (!this.#context.flow.follow(events)) return;
    this.#context.visibility.reset();
    this.log.info({ map: this.state.map, mode: this.state.mode }, "next match");
  }
}
