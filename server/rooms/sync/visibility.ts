/**
 * What each client is shown: players their own surroundings; spectators what the settings say, through the eyes of
 * whom they follow, or everything late. Brought up to date before each patch from what is so then: whoever changes
 * places, settings or the arena need not think of who looks on.
 */
import { type Client, ClientState } from "@colyseus/core";
import type { StateView } from "@colyseus/schema";
import type { Settings } from "#server/rooms/settings.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { EventMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { PlacedEvent } from "#shared/sim/event.ts";
import type { AreaOfInterest } from "./areaOfInterest.ts";
import { Interest, type ViewTarget } from "./interest.ts";
import type { MotionOf } from "./serializer.ts";
import { SpectatorDelay } from "./spectatorDelay.ts";

export interface ViewParts {
  readonly world: ArenaWorld;
  readonly settings: Settings;
  /** The room's clock. */
  nowMs(): number;
  /** Sends all that the client's view holds, to replace what it knows. */
  sendWholeState(client: Client): void;
}

/** As what a client's view was opened, and in which arena. */
interface Opened {
  readonly at: ViewTarget["at"];
  readonly interest: Interest;
  readonly own: Drone | undefined;
}

export class Visibility implements MotionOf {
  readonly #parts: ViewParts;
  #interest: Interest;
  readonly #opened = new WeakMap<Client, Opened>();
  readonly #spectatorDelay = new Map<Client, SpectatorDelay>();
  /** Whom spectators have chosen to follow. */
  readonly #followed = new Map<string, string>();

  constructor(parts: ViewParts) {
    this.#parts = parts;
    this.#interest = this.#newInterest();
  }

  /**
   * Everybody is shown everything anew with the next update: in another arena, where nothing of what was in view is,
   * and after a patch that failed, of which some may have been sent a part.
   */
  startAnew(): void {
    this.#interest = this.#newInterest();
  }

  follow(sessionId: string, drone: string): void {
    this.#followed.set(sessionId, drone);
  }

  /** With the own drone alone, or nothing: the rest follows with the next updates. */
  open(client: Client): void {
    const opened = this.#nowFor(client);
    this.#interest.openView(client, opened.own);
    this.#opened.set(client, opened);
    if (opened.at !== "everything") this.#endDelay(client);
    else if (!this.#spectatorDelay.has(client)) {
      this.#spectatorDelay.set(client, new SpectatorDelay(client, this.#parts.nowMs));
    }
  }

  /** For a connection that is gone, or takes no patches for a while. */
  close(client: Client): void {
    this.#interest.closeView(client);
    this.#endDelay(client);
  }

  forget(sessionId: string): void {
    this.#followed.delete(sessionId);
  }

  /** The whole state once more, beginning with an empty view, as for who has just joined. */
  showAnew(client: Client): void {
    this.#interest.closeView(client);
    this.open(client);
    this.#parts.sendWholeState(client);
  }

  /** Called before each patch. */
  update(clients: Iterable<Client>): void {
    const joined = [...clients].filter(({ state }) => state === ClientState.JOINED);
    for (const client of joined) {
      this.#spectatorDelay.get(client)?.release();
      if (!isSame(this.#opened.get(client), this.#nowFor(client))) this.showAnew(client);
    }
    this.#interest.update(joined);
  }

  motionIn(view: StateView): AreaOfInterest | undefined {
    return this.#interest.motionIn(view);
  }

  /** Whether this client may know of it, now or late. Who looks otherwise since the last patch has no view for it yet. */
  tells(client: Client, event: PlacedEvent): boolean {
    const target = this.#targetOf(client.sessionId);
    return this.#opened.get(client)?.at === target.at && this.#interest.tells(target, event);
  }

  sendEvents(client: Client, message: EventMessage): void {
    const send = () => client.send(MESSAGE.event, message);
    const spectatorDelay = this.#spectatorDelay.get(client);
    if (spectatorDelay) spectatorDelay.hold(send);
    else send();
  }

  /** As what its view should be open now. */
  #nowFor({ sessionId }: Client): Opened {
    const { at } = this.#targetOf(sessionId);
    const own = at === "own" ? this.#parts.world.state.drones.get(sessionId) : undefined;
    return { at, own, interest: this.#interest };
  }

  #newInterest(): Interest {
    const { arena, state } = this.#parts.world;
    return new Interest(arena, state, (sessionId) => this.#targetOf(sessionId));
  }

  #targetOf(sessionId: string): ViewTarget {
    if (this.#parts.world.state.drones.get(sessionId)) return { at: "own", drone: sessionId };
    const { spectating } = this.#parts.settings.now;
    if (spectating === "delayed") return { at: "everything" };
    const drone = spectating === "follow" ? this.#followedBy(sessionId) : undefined;
    return drone === undefined ? { at: "nothing" } : { at: "followed", drone };
  }

  /** Whom they chose, as long as that one is there; else the first of the roster who has a drone. */
  #followedBy(sessionId: string): string | undefined {
    const { drones, roster } = this.#parts.world.state;
    const chosen = this.#followed.get(sessionId);
    if (chosen !== undefined && drones.get(chosen)) return chosen;
    return [...roster.keys()].find((id) => drones.get(id));
  }

  #endDelay(client: Client): void {
    this.#spectatorDelay.get(client)?.end();
    this.#spectatorDelay.delete(client);
  }
}

const isSame = (before: Opened | undefined, now: Opened): boolean =>
  before?.at === now.at && before.own === now.own && before.interest === now.interest;
