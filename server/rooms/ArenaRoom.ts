/** A room with a fight in it: its lifecycle and its tick. Each rule is in the file that is named after it. */
import {
  type AuthContext,
  type Client,
  ClientState,
  CloseCode,
  type Rewind,
  Room,
  type RoomException,
  type RoomMethodName,
  ServerError,
} from "@colyseus/core";
import { arenaOf } from "#server/arenas.ts";
import { countAsJoined, runOnMonotonicTime, sendWholeState } from "#server/edge/colyseusInternals.ts";
import type { GuardedSocket } from "#server/edge/guardedSocket.ts";
import { SEAT_RESERVED_SEC } from "#server/edge/limits.ts";
import { log } from "#server/log.ts";
import {
  COMMAND_BACKLOG_MAX,
  MAX_PLAYERS,
  PATCH_MS,
  REWIND_MAX_MS,
  SEAT_KEPT_SEC,
  TICKS_PER_SEC,
} from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { packEvent } from "#shared/protocol/eventCodec.ts";
import type { EventMessage, Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { DEFAULT_NAME } from "#shared/protocol/playerName.ts";
import { COMMAND_RANGES, type Command, CommandInput } from "#shared/schema/input.ts";
import { ArenaState } from "#shared/schema/state.ts";
import { isPlaced, type SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { type SeenBy, seenNow } from "#shared/sim/sight.ts";
import { stepWorld } from "#shared/sim/step.ts";
import { type Admission, admit } from "./admission.ts";
import { Bots } from "./bots.ts";
import { CommandMeter } from "./commands.ts";
import { Failures, type Routine } from "./failures.ts";
import { Interest } from "./interest.ts";
import { LagCompensation } from "./lagCompensation.ts";
import { Pacing } from "./pacing.ts";
import { RoundTrips } from "./roundTrips.ts";
import { forgetSeat, keepSeatFor } from "./seatKeys.ts";
import { freeSeat, takeSeat, updateRoster } from "./seats.ts";

const MAP = "foundry";

type ArenaClient = Client<{ auth: Admission }>;

export class ArenaRoom extends Room<{ state: ArenaState; client: ArenaClient; input: CommandInput }> {
  override maxClients = MAX_PLAYERS;
  override patchRate = PATCH_MS;
  override seatReservationTimeout = SEAT_RESERVED_SEC;
  override state = new ArenaState({ tick: 0, phase: "live", map: MAP });
  override inputs = this.defineInput(CommandInput, {
    sanitize: COMMAND_RANGES,
    bufferMaxSize: COMMAND_BACKLOG_MAX,
  });

  readonly #world = {
    state: this.state,
    arena: arenaOf(MAP),
    random: seededRandom(Math.floor(Math.random() * 2 ** 32)),
    lastProjectileId: 0,
  };
  readonly #bots = new Bots(this.#world);
  readonly #interest = new Interest(this.#world.arena, this.state);
  readonly #roundTrips = new RoundTrips();
  readonly #pacing = new Pacing(this.#roundTrips);
  readonly #lagCompensation = new LagCompensation(this.#openHistory(), (id) => this.#roundTrips.of(id));
  /** One for each player's seat, dropped ones included. */
  readonly #meters = new Map<string, CommandMeter>();
  /** Connections that are not their player's first. */
  readonly #returned = new WeakSet<ArenaClient>();
  readonly #log = log.child({});
  readonly #failures = new Failures(this.#log);

  static override async onAuth(_token: string, options: unknown, context: AuthContext): Promise<Admission> {
    return admit(options, context);
  }

  override onCreate(): void {
    this.#log.setBindings({ room: this.roomId });
    runOnMonotonicTime(this.clock);
    this.setFixedTimestep(() => this.#step(), TICKS_PER_SEC);
    this.#log.info("room opened");
  }

  /** Only a player who returns after a hot reload comes without a name. */
  override onJoin(client: ArenaClient, _options: unknown, { name = DEFAULT_NAME }: Partial<Admission>): void {
    orRefuse(() => {
      this.#meters.set(client.sessionId, new CommandMeter());
      const { drone, events } = takeSeat(this.#world, { id: client.sessionId, name, bot: false });
      this.#interest.openView(client, drone);
      this.#roundTrips.measure(client);
      keepSeatFor(client.sessionId, client.reconnectionToken, client.auth?.identity);
      this.#send([...events, ...this.#fillWithBots()]);
      this.#log.info({ player: client.sessionId, name }, "joined");
    });
  }

  override onDrop(client: ArenaClient): void {
    this.#attempt("onDrop", client, () => {
      if (this.#returned.has(client)) countAsJoined(client);
      this.#markConnected(client, false);
      this.#interest.closeView(client);
      this.#log.info({ player: client.sessionId }, "dropped");
    });
    if ((client.ref as Partial<GuardedSocket>).malicious) return;
    // Rejects when nobody comes back in time or the room closes; onLeave follows by itself.
    this.allowReconnection(client, SEAT_KEPT_SEC).catch(() => {});
  }

  override onReconnect(client: ArenaClient): void {
    orRefuse(() => {
      this.#returned.add(client);
      this.#markConnected(client, true);
      keepSeatFor(client.sessionId, client.reconnectionToken, client.auth?.identity);
      const drone = this.state.drones.get(client.sessionId);
      if (drone) this.#interest.openView(client, drone);
      this.#roundTrips.measure(client);
      this.#log.info({ player: client.sessionId }, "back");
    });
  }

  override onLeave(client: ArenaClient): void {
    this.#attempt("onLeave", client, () => {
      this.#interest.closeView(client);
      this.#meters.delete(client.sessionId);
      this.#roundTrips.forget(client.sessionId);
      forgetSeat(client.sessionId);
      freeSeat(this.state, client.sessionId);
      this.#send(this.#fillWithBots());
      this.#log.info({ player: client.sessionId }, "left");
    });
  }

  /** Development only: a hot reload makes the room anew, and its players take new seats as they reconnect. */
  override onRestoreRoom(): void {
    for (const entities of [this.state.drones, this.state.projectiles, this.state.roster]) entities.clear();
  }

  /** Tells everybody that the server is about to restart. */
  announceRestart(inMs: number): void {
    this.broadcast(MESSAGE.notice, { type: "restarting", inMs } satisfies Notice);
  }

  /** The server closes: on this code every client comes back by itself. */
  override onBeforeShutdown(): void {
    this.disconnect(CLOSE.restarting);
  }

  override onDispose(): void {
    this.#log.info("room closed");
  }

  /** One throwing handler or step must not take anybody else down. */
  override onUncaughtException(error: RoomException, method: RoomMethodName): void {
    const { client } = error as { client?: Client };
    this.#report(rootOf(error), method, client);
    if (method === "setFixedTimestep") this.#endIfBeyondRepair(method);
  }

  /** Colyseus does not guard this: what it throws would end the process. */
  override broadcastPatch(): boolean {
    try {
      this.#pace();
      this.#interest.update(this.clients);
      const changed = super.broadcastPatch();
      this.#failures.succeeded("broadcastPatch");
      return changed;
    } catch (error) {
      this.#report(error, "broadcastPatch");
      this.#endIfBeyondRepair("broadcastPatch");
      return false;
    }
  }

  /** Whoever is sent the whole state again begins it with a view of its own drone, as who has just joined. */
  #pace(): void {
    const { paused, resumed } = this.#pacing.update(this.clients);
    for (const client of paused) this.#interest.closeView(client);
    for (const client of resumed) {
      const drone = this.state.drones.get(client.sessionId);
      if (drone) this.#interest.openView(client, drone);
      sendWholeState(this, client);
    }
  }

  /** What Colyseus would take for the end of the process: it awaits these hooks where nobody catches. */
  #attempt(method: RoomMethodName, client: ArenaClient, body: () => void): void {
    try {
      body();
    } catch (error) {
      this.#report(error, method, client);
    }
  }

  #report(error: unknown, method: string, client?: Client): void {
    this.#failures.report(error, { method, tick: this.state.tick, player: client?.sessionId });
  }

  #endIfBeyondRepair(routine: Routine): void {
    if (!this.#failures.failed(routine)) return;
    this.#log.error("beyond repair: the room ends");
    this.broadcast(MESSAGE.notice, { type: "roomFailed" } satisfies Notice);
    this.disconnect(CLOSE.roomFailed);
  }

  #markConnected(client: ArenaClient, connected: boolean): void {
    const seat = this.state.roster.get(client.sessionId);
    if (seat) seat.connected = connected;
  }

  /**
   * Called when somebody joins or leaves for good, not when a connection drops: a blink must not change who is in
   * the fight. But a kept seat is no company, so only who is connected counts.
   */
  #fillWithBots(): SimEvent[] {
    const seats = [...this.state.roster.values()];
    return this.#bots.fill(seats.filter((seat) => seat.connected && !seat.bot).length);
  }

  readonly #seen: SeenBy = (shooterId, command) =>
    this.#meters.has(shooterId)
      ? this.#lagCompensation.sightOf(shooterId, command)
      : seenNow(shooterId, command);

  #openHistory(): Rewind {
    return this.allowRewindState({ maxRewindMs: REWIND_MAX_MS + PATCH_MS }).attachAll(this.state.drones, {
      fields: ["x", "y"],
      mode: "snapshot",
    });
  }

  #step(): void {
    const events = stepWorld(this.#world, this.#takeCommands(), this.#seen);
    this.#noteSpawns(events);
    updateRoster(this.state);
    this.#send(events);
    this.#failures.succeeded("setFixedTimestep");
  }

  #noteSpawns(events: readonly SimEvent[]): void {
    for (const event of events) {
      const drone = event.type === "spawn" ? this.state.drones.get(event.drone) : undefined;
      if (drone) this.#lagCompensation.noteSpawn(drone);
    }
  }

  #takeCommands(): Map<string, readonly Command[]> {
    const commands = new Map<string, readonly Command[]>();
    for (const [id, meter] of this.#meters) {
      commands.set(id, meter.take(this.inputs.get(id), this.state.drones.get(id)?.aim ?? 0));
    }
    this.#bots.command(commands);
    return commands;
  }

  /** Events of a tick go out as one message to those who could see or hear them. */
  #send(events: readonly SimEvent[]): void {
    if (events.length === 0) return;
    for (const client of this.clients) {
      // Who has not acknowledged the join would be kept a growing queue.
      if (client.state !== ClientState.JOINED) continue;
      const perceived = events.filter(
        (event) => !isPlaced(event) || this.#interest.perceives(client.sessionId, event),
      );
      const message: EventMessage = { tick: this.state.tick, events: perceived.map(packEvent) };
      if (perceived.length > 0) client.send(MESSAGE.event, message);
    }
  }
}

/** Colyseus tells the client why it was not let in: what failed here is for the log alone. */
function orRefuse(body: () => void): void {
  try {
    body();
  } catch (cause) {
    throw new ServerError(CloseCode.WITH_ERROR, "The room failed: try again.", { cause });
  }
}

/** What was thrown at first, under what has been wrapped around it. */
function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}
