/**
 * What each client is shown: players their own surroundings; spectators what the settings say, through the eyes of
 * whom they follow, or everything late. Brought up to date before each patch from what is so then: whoever changes
 * places, settings or the arena need not think of who looks on.
 */
import { type Client, ClientState } from "@colyseus/core";
import type { StateView } from "@colyseus/schema";
import type { EventMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { ArenaWorld } from "#shared/sim/createWorld.ts";
import type { PlacedEvent } from "#shared/sim/event.ts";
import type { MotionOf } from "./arenaSerializer.ts";
import { HeldBack } from "./heldBack.ts";
import { type Gaze, Interest } from "./interest.ts";
import type { Outlook } from "./outlook.ts";
import type { Settings } from "./settings.ts";

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
  readonly at: Gaze["at"];
  readonly interest: Interest;
  readonly own: Drone | undefined;
}

export class Views implements MotionOf {
  readonly #parts: ViewParts;
  #interest: Interest;
  readonly #opened = new WeakMap<Client, Opened>();
  readonly #heldBack = new Map<Client, HeldBack>();
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
    else if (!this.#heldBack.has(client)) {
      this.#heldBack.set(client, new HeldBack(client, this.#parts.nowMs));
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
      this.#heldBack.get(client)?.release();
      if (!isSame(this.#opened.get(client), this.#nowFor(client))) this.showAnew(client);
    }
    this.#interest.update(joined);
  }

  motionIn(view: StateView): Outlook | undefined {
    return this.#interest.motionIn(view);
  }

  /** Whether this client may know of it, now or late. Who looks otherwise since the last patch has no view for it yet. */
  tells(client: Client, event: PlacedEvent): boolean {
    const gaze = this.#gazeOf(client.sessionId);
    return this.#opened.get(client)?.at === gaze.at && this.#interest.tells(gaze, event);
  }

  sendEvents(client: Client, message: EventMessage): void {
    const send = () => client.send(MESSAGE.event, message);
    const heldBack = this.#heldBack.get(client);
    if (heldBack) heldBack.hold(send);
    else send();
  }

  /** As what its view should be open now. */
  #nowFor({ sessionId }: Client): Opened {
    const { at } = this.#gazeOf(sessionId);
    const own = at === "own" ? this.#parts.world.state.drones.get(sessionId) : undefined;
    return { at, own, interest: this.#interest };
  }

  #newInterest(): Interest {
    const { arena, state } = this.#parts.world;
    return new Interest(arena, state, (sessionId) => this.#gazeOf(sessionId));
  }

  #gazeOf(sessionId: string): Gaze {
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
    this.#heldBack.get(client)?.end();
    this.#heldBack.delete(client);
  }
}

const isSame = (before: Opened | undefined, now: Opened): boolean =>
  before?.at === now.at && before.own === now.own && before.interest === now.interest;
