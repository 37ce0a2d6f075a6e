/** A fight without a network: real state, real serializer, and clients that decode what they would be sent. */
import { type Client, ClientState, Protocol, ProtocolModifier } from "@colyseus/core";
import { Decoder } from "@colyseus/schema";
import { freeSeat, takeSeat, updateRoster } from "#server/rooms/seats.ts";
import { Interest } from "#server/rooms/sync/interest.ts";
import { ArenaSerializer } from "#server/rooms/sync/serializer.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { type Commands, stepWorld } from "#shared/game/step.ts";
import { ENDLESS } from "#shared/modes/rules.ts";
import { ArenaState } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seenNow } from "#shared/sim/sight.ts";

/** The protocol's byte, the clock and the ack. */
export const TIMED_HEAD_BYTES = 9;

/** One connection: another one when its player reconnects, as it is with Colyseus. */
export class Watcher {
  readonly sessionId: string;
  state: Client["state"] = ClientState.JOINING;
  view?: NonNullable<Client["view"]>;
  readonly decoder: Decoder<ArenaState>;
  /** What was sent last, what stands in front of the state left out. */
  bytes: Buffer = Buffer.alloc(0);

  readonly #sent: (frame: Uint8Array) => void;

  /** A page that stayed open over the drop keeps its decoder. */
  constructor(
    sessionId: string,
    sent: (frame: Uint8Array) => void = () => {},
    decoder = new Decoder(new ArenaState()),
  ) {
    this.sessionId = sessionId;
    this.decoder = decoder;
    this.#sent = sent;
  }

  get told(): ArenaState {
    return this.decoder.state;
  }

  raw(frame: Uint8Array): void {
    this.#sent(frame);
    const isTimed = ((frame[0] ?? 0) & ProtocolModifier.TIMED) !== 0;
    this.bytes = Buffer.from(frame.subarray(isTimed ? TIMED_HEAD_BYTES : 1));
    // As the SDK does: a full state after a drop replaces what was known.
    const isResync = frame[0] === Protocol.ROOM_STATE && this.decoder.root.refs.size > 1;
    if (isResync) this.decoder.decodeResync(this.bytes);
    else this.decoder.decode(this.bytes);
  }
}

export const secretNameOf = (id: string) => `<secret of ${id}>`;

export class WatchedFight {
  readonly world;
  readonly interest: Interest;
  /** The room's `clients`: neither dropped ones nor bots. */
  readonly watchers: Watcher[] = [];
  readonly #serializer = new ArenaSerializer(() => this.interest);

  readonly #sent: (frame: Uint8Array) => void;

  /** `sent` is given every frame that any watcher receives, in order. */
  constructor(arena: Arena, seed: number, rules = ENDLESS, sent: (frame: Uint8Array) => void = () => {}) {
    this.#sent = sent;
    this.world = createWorld(arena, seed, rules);
    this.interest = new Interest(arena, this.world.state);
    this.#serializer.reset(this.world.state);
  }

  /** The roster tells everybody names; what the drone itself is called is only for those who see it. */
  seat(id: string, bot = true): void {
    const { drone } = takeSeat(this.world, { id, name: `public ${id}`, bot });
    drone.name = secretNameOf(id);
  }

  /** The seat is taken; the first state comes with acknowledge. */
  join(id: string): Watcher {
    this.seat(id, false);
    return this.#connect(id);
  }

  acknowledge(watcher: Watcher): void {
    watcher.state = ClientState.JOINED;
    watcher.raw(this.#serializer.getFullState(watcher as unknown as Client));
  }

  drop(watcher: Watcher): void {
    watcher.state = ClientState.LEAVING;
    this.watchers.splice(this.watchers.indexOf(watcher), 1);
    this.interest.closeView(watcher);
  }

  /** The page stayed open, or it was refreshed and knows nothing. */
  reconnect(dropped: Watcher, page: "open" | "refreshed"): Watcher {
    return this.#connect(dropped.sessionId, page === "open" ? dropped.decoder : undefined);
  }

  leave(watcher: Watcher): void {
    if (this.watchers.includes(watcher)) this.drop(watcher);
    freeSeat(this.world.state, watcher.sessionId);
  }

  step(commands: Commands): SimEvent[] {
    const events = stepWorld(this.world, commands, seenNow);
    updateRoster(this.world.state);
    return events;
  }

  patch(): void {
    this.interest.update(this.watchers);
    this.#serializer.applyPatches(this.watchers as unknown as Client[]);
  }

  #connect(id: string, decoder?: Decoder<ArenaState>): Watcher {
    const watcher = new Watcher(id, this.#sent, decoder);
    const drone = this.world.state.drones.get(id);
    if (!drone) throw new Error(`"${id}" has no seat`);
    this.watchers.push(watcher);
    this.interest.openView(watcher, drone);
    return watcher;
  }
}
