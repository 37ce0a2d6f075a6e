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
  PATCH_MS,
  REWIND_MAX_MS,
  SEAT_KEPT_SEC,
  TICKS_PER_SEC,
} from "#shared/config.ts";
import { rulesOf } from "#shared/modes/rules.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { type Notice, VoteMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { DEFAULT_NAME } from "#shared/protocol/playerName.ts";
import { COMMAND_RANGES, type Command, CommandInput } from "#shared/schema/input.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { createWorld } from "#shared/sim/createWorld.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { type SeenBy, seenNow } from "#shared/sim/sight.ts";
import { stepWorld } from "#shared/sim/step.ts";
import { type Admission, admit } from "./admission.ts";
import { Bots } from "./bots.ts";
import { CommandMeter } from "./commands.ts";
import { Failures, type Routine } from "./failures.ts";
import { Interest } from "./interest.ts";
import { LagCompensation } from "./lagCompensation.ts";
import { MatchFlow } from "./matchFlow.ts";
import { meterPatches, meterTicks } from "./metering.ts";
import { Pacing } from "./pacing.ts";
import { RoundTrips } from "./roundTrips.ts";
import { forgetSeat, keepSeatFor } from "./seatKeys.ts";
import { freeSeat, takeSeat, updateRoster } from "./seats.ts";
import { tell } from "./telling.ts";

/** What a new room begins with; players vote on what follows. */
const FIRST = { map: "foundry", mode: "deathmatch" } as const;

/** From the composition root. */
export interface RoomSettings {
  /** For players. */
  places: number;
  timeLimitTicks: number;
}

type ArenaClient = Client<{ auth: Admission }>;

export class ArenaRoom extends Room<{ state: ArenaState; client: ArenaClient; input: CommandInput }> {
  override patchRate = PATCH_MS;
  override seatReservationTimeout = SEAT_RESERVED_SEC;
  readonly #world = createWorld(arenaOf(FIRST.map), Math.floor(Math.random() * 2 ** 32), rulesOf(FIRST.mode));
  override state = this.#world.state;
  override inputs = this.defineInput(CommandInput, {
    sanitize: COMMAND_RANGES,
    bufferMaxSize: COMMAND_BACKLOG_MAX,
  });

  readonly #bots = new Bots(this.#world);
  readonly #flow = new MatchFlow(this.#world, this.#bots);
  #interest = new Interest(this.#world.arena, this.state);
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

  override onCreate({ places, timeLimitTicks }: RoomSettings): void {
    this.maxClients = places;
    this.#log.setBindings({ room: this.roomId });
    runOnMonotonicTime(this.clock);
    this.setFixedTimestep(
      meterTicks(() => this.#step()),
      TICKS_PER_SEC,
    );
    meterPatches(this);
    this.#flow.limitTime(timeLimitTicks);
    this.onMessage(MESSAGE.vote, VoteMessage, (client: ArenaClient, { choice }: VoteMessage) => {
      this.#flow.vote.cast(client.sessionId, choice);
    });
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
      this.#flow.vote.forget(client.sessionId);
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

  #pace(): void {
    const { paused, resumed } = this.#pacing.update(this.clients);
    for (const client of paused) this.#interest.closeView(client);
    for (const client of resumed) this.#showAnew(client as ArenaClient);
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
    this.#bots.hear(events);
    this.#send(events);
    if (this.#flow.follow(events)) this.#showNewWorld();
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

  #send(events: readonly SimEvent[]): void {
    tell(this.clients, this.#interest, this.state.tick, events);
  }

  /** Another arena: what was in view there is nowhere now. */
  #showNewWorld(): void {
    this.#interest = new Interest(this.#world.arena, this.state);
    this.#log.info({ map: this.state.map, mode: this.state.mode }, "next match");
    for (const client of this.clients) {
      if (client.state === ClientState.JOINED) this.#showAnew(client);
    }
  }

  /** The whole state once more, beginning with a view of the own drone alone, as for who has just joined. */
  #showAnew(client: ArenaClient): void {
    this.#interest.closeView(client);
    const drone = this.state.drones.get(client.sessionId);
    if (drone) this.#interest.openView(client, drone);
    sendWholeState(this, client);
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
