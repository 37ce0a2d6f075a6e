/** A room without a network: the real state, views and serializer, and clients that decode the frames they are sent. */
import { type Client, ClientState, getMessageBytes, Protocol, ProtocolModifier } from "@colyseus/core";
import { Decoder } from "@colyseus/schema";
import { isFullState } from "#server/colyseus/internals.ts";
import { freeSeat, takeSeat, updateRoster } from "#server/rooms/seats.ts";
import { freeTeam } from "#server/rooms/sides.ts";
import { canSee, playerAt, sightingOf } from "#server/rooms/sync/canSee.ts";
import { Outbox } from "#server/rooms/sync/outbox.ts";
import { ArenaSerializer, type Views } from "#server/rooms/sync/serializer.ts";
import { Visibility } from "#server/rooms/sync/visibility.ts";
import { RoundTrips } from "#server/rooms/tick/roundTrips.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { type Commands, stepWorld } from "#shared/game/step.ts";
import { ENDLESS } from "#shared/modes/rules.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { Command } from "#shared/schema/input.ts";
import { ArenaState } from "#shared/schema/state.ts";
import type { PlacedEvent, SimEvent } from "#shared/sim/event.ts";
import { type Place, seenNow } from "#shared/sim/sight.ts";
import { type Lean, NO_LEAN, stepLean } from "#shared/sim/view.ts";
import { isAlive } from "#shared/sim/world.ts";

/** Protocol code, clock and ack in front of a patch. */
const TIMED_HEAD_BYTES = 9;

/** One connection. A player that reconnects gets a new one, as in Colyseus. */
export class Watcher {
  readonly sessionId: string;
  state: Client["state"] = ClientState.JOINING;
  readonly decoder: Decoder<ArenaState>;
  /** The last frame without its head. */
  bytes: Buffer = Buffer.alloc(0);

  readonly #onFrame: (frame: Uint8Array) => void;

  /** `decoder`: that of the previous connection, when the page stayed open over the drop. */
  constructor(
    sessionId: string,
    onFrame: (frame: Uint8Array) => void = () => {},
    decoder = new Decoder(new ArenaState()),
  ) {
    this.sessionId = sessionId;
    this.decoder = decoder;
    this.#onFrame = onFrame;
  }

  /** The state that the client has decoded so far. */
  get decoded(): ArenaState {
    return this.decoder.state;
  }

  /** Messages of other kinds than frames. */
  send(): void {}

  raw(frame: Uint8Array): void {
    this.#onFrame(frame);
    const isTimed = ((frame[0] ?? 0) & ProtocolModifier.TIMED) !== 0;
    this.bytes = Buffer.from(frame.subarray(isTimed ? TIMED_HEAD_BYTES : 1));
    // As in the SDK: a full state after a drop replaces the known state.
    const isFull = isFullState(frame);
    const isResync = isFull && this.decoder.root.refs.size > 1;
    if (isResync) this.decoder.decodeResync(this.bytes);
    else this.decoder.decode(this.bytes);
  }
}

export class WatchedFight {
  readonly world;
  /** The connected clients, as in Room.clients: no bots, no dropped players. */
  readonly watchers: Watcher[] = [];
  /** Clients that record the fight. */
  readonly recorders: Client[] = [];
  /** Time of the room's clock, which stands still unless somebody advances it. */
  nowMs = 0;
  readonly settings = { now: RoomSettings.parse({ spectating: "off" }) };
  readonly visibility: Visibility;
  readonly #views: Views = new WeakMap();
  readonly #leans = new Map<string, Lean>();
  readonly #outbox = new Outbox();
  readonly #serializer = new ArenaSerializer({
    views: this.#views,
    outbox: this.#outbox,
    roundTrips: new RoundTrips(),
    recorders: this.recorders,
  });
  readonly #onFrame: (frame: Uint8Array) => void;

  /** `onFrame` is called with every frame that any watcher receives, in order. */
  constructor(arena: Arena, seed: number, rules = ENDLESS, onFrame: (frame: Uint8Array) => void = () => {}) {
    this.#onFrame = onFrame;
    this.world = createWorld(arena, seed, rules);
    this.#serializer.reset(this.world.state);
    this.visibility = new Visibility({
      world: this.world,
      settings: this.settings,
      views: this.#views,
      outbox: this.#outbox,
      leanOf: (id) => this.leanOf(id),
      nowMs: () => this.nowMs,
      sendFullState: (client) => client.raw(this.#serializer.getFullState(client)),
    });
  }

  seat(id: string, bot = true): void {
    takeSeat(this.world, { id, name: `public ${id}`, bot }, freeTeam(this.world));
  }

  /** Takes a seat and opens a view; `acknowledge` sends the first state. */
  join(id: string): Watcher {
    this.seat(id, false);
    return this.#connect(id);
  }

  acknowledge(watcher: Watcher): void {
    watcher.state = ClientState.JOINED;
    watcher.raw(this.#serializer.getFullState(asClient(watcher)));
  }

  /** Lets it watch without a drone, as far as the settings allow. */
  spectate(watcher: Watcher): void {
    this.watchers.push(watcher);
    this.visibility.open(asClient(watcher));
    this.acknowledge(watcher);
  }

  drop(watcher: Watcher): void {
    watcher.state = ClientState.LEAVING;
    this.watchers.splice(this.watchers.indexOf(watcher), 1);
    this.visibility.close(asClient(watcher));
  }

  /** `page`: whether it stayed open over the drop and keeps its state, or was refreshed and knows nothing. */
  reconnect(dropped: Watcher, page: "open" | "refreshed"): Watcher {
    return this.#connect(dropped.sessionId, page === "open" ? dropped.decoder : undefined);
  }

  leave(watcher: Watcher): void {
    if (this.watchers.includes(watcher)) this.drop(watcher);
    freeSeat(this.world.state, watcher.sessionId);
  }

  step(commands: Commands): SimEvent[] {
    for (const { sessionId } of this.watchers) this.#lean(sessionId, commands.get(sessionId) ?? []);
    const events = stepWorld(this.world, commands, seenNow);
    updateRoster(this.world);
    return events;
  }

  patch(): void {
    const clients = this.watchers.map(asClient);
    this.visibility.update([...clients, ...this.recorders]);
    this.#serializer.applyPatches(clients, undefined, { sNow: this.nowMs });
  }

  canSee(sessionId: string, event: PlacedEvent): boolean {
    const onlooker = playerAt(this.world, sessionId, this.leanOf(sessionId));
    return onlooker !== undefined && canSee(onlooker, sightingOf(this.world, event));
  }

  /** Colyseus' first frame to a client. */
  handshake(): Uint8Array {
    return getMessageBytes[Protocol.JOIN_ROOM]("", this.#serializer.id, this.#serializer.handshake());
  }

  /** How far the client's view leans; a room keeps it in its tick. */
  leanOf(id: string): Place {
    return this.#leans.get(id) ?? NO_LEAN;
  }

  #lean(id: string, commands: readonly Command[]): void {
    const lean = this.#leans.get(id) ?? { ...NO_LEAN };
    this.#leans.set(id, lean);
    const drone = this.world.state.drones.get(id);
    for (const command of commands) stepLean(lean, command, drone !== undefined && isAlive(drone));
  }

  #connect(id: string, decoder?: Decoder<ArenaState>): Watcher {
    const watcher = new Watcher(id, this.#onFrame, decoder);
    if (!this.world.state.drones.get(id)) throw new Error(`"${id}" has no seat`);
    this.watchers.push(watcher);
    this.visibility.open(asClient(watcher));
    return watcher;
  }
}

const asClient = (watcher: Watcher): Client => watcher as unknown as Client;
