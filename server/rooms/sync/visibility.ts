/**
 * Decides what each client looks at: a player at the surroundings of its drone; a spectator, as the room's settings say,
 * at what a followed player sees, or at everything with a delay. Derived from the world and the settings before each
 * patch, so that code that changes places, settings or the arena need not know about views.
 */
import { type Client, ClientState } from "@colyseus/core";
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { Place } from "#shared/sim/sight.ts";
import { NO_LEAN } from "#shared/sim/view.ts";
import { AreaOfInterest } from "./areaOfInterest.ts";
import { centreFor, eyeOf, type Onlooker, playerAt } from "./canSee.ts";
import { EntityTable } from "./entityTable.ts";
import type { Outbox } from "./outbox.ts";
import { isRecording, patchesPerPose } from "./recordingClient.ts";
import type { Views } from "./serializer.ts";
import { SpectatorDelay } from "./spectatorDelay.ts";

export interface VisibilityOptions {
  readonly world: ArenaWorld;
  readonly settings: { readonly now: Pick<RoomSettings, "spectating" | "players"> };
  /** Where the serializer finds each client's view. */
  readonly views: Views;
  readonly outbox: Outbox;
  /** How far the view of the player with this session ID leans from its drone. */
  leanOf(sessionId: string): Place;
  /** Time of the room's clock, ms. */
  nowMs(): number;
  /** Sends the full content of the client's view; it replaces what the client knows. */
  sendFullState(client: Client): void;
}

/** What a client looks at. Only `own` includes the drone's private fields. */
type ViewTarget =
  | { readonly at: "own" | "followed"; readonly id: string; readonly drone: Drone }
  /** Everything, late. */
  | { readonly at: "everything" }
  /** Everything at once, for a recording. */
  | { readonly at: "recorded" }
  | { readonly at: "nothing" };

/** What a client's view was opened for: a change of any of this needs a new view. */
interface OpenView {
  readonly at: ViewTarget["at"];
  readonly own: Drone | undefined;
  readonly table: EntityTable;
}

export class Visibility {
  readonly #options: VisibilityOptions;
  /** All entities of the current arena. */
  #table: EntityTable;
  readonly #opened = new WeakMap<Client, OpenView>();
  readonly #delays = new Map<Client, SpectatorDelay>();
  /** By spectator: the session ID of the player they chose to follow. */
  readonly #followed = new Map<string, string>();

  constructor(options: VisibilityOptions) {
    this.#options = options;
    this.#table = new EntityTable(options.world.arena, options.world.state);
  }

  /**
   * Gives every client a new view and a full state with the next update: after a change of the arena, whose size and
   * walls the table depends on, and after a patch that failed, which may have reached some clients only.
   */
  reset(): void {
    const { arena, state } = this.#options.world;
    this.#table = new EntityTable(arena, state);
  }

  follow(sessionId: string, playerId: string): void {
    this.#followed.set(sessionId, playerId);
  }

  /** [spectator, the player they chose to follow]. */
  followed(): [string, string][] {
    return [...this.#followed];
  }

  restoreFollowed(followed: readonly (readonly [string, string])[]): void {
    for (const [spectator, player] of followed) this.#followed.set(spectator, player);
  }

  /** Opens a view that holds at most the client's own drone; the next updates add the rest. */
  open(client: Client): void {
    const target = this.#targetOf(client);
    const own = ownDrone(target);
    this.#options.views.set(
      client,
      new AreaOfInterest(this.#table, own && { id: client.sessionId, drone: own }),
    );
    const before = this.#opened.get(client)?.at;
    this.#opened.set(client, { at: target.at, own, table: this.#table });
    if (target.at !== "everything") this.#endDelay(client);
    else if (!this.#delays.has(client)) {
      const hasSeenPresent = before !== undefined && before !== "everything";
      this.#delays.set(client, new SpectatorDelay(client, this.#options.nowMs, hasSeenPresent));
      client.send(MESSAGE.notice, { type: "late", inMs: SPECTATOR_DELAY_MS } satisfies Notice);
    }
  }

  /**
   * For a connection that ended or that receives no patches for a while. A view that outlived it would go stale: on
   * reconnection it would send the current positions of drones that have left or hidden since.
   */
  close(client: Client): void {
    this.#options.views.delete(client);
    this.#endDelay(client);
  }

  /** Drops the spectator's choice of whom to follow. */
  forget(sessionId: string): void {
    this.#followed.delete(sessionId);
  }

  /** Opens a new view and sends a full state, as after a join. A delay that is already running also holds that state. */
  resync(client: Client): void {
    // What happened before the new state, such as on another arena, must not follow it.
    this.#options.outbox.flush(client);
    this.open(client);
    this.#options.sendFullState(client);
  }

  /** Updates the area of interest of every joined client. Called once before each patch. */
  update(clients: Iterable<Client>): void {
    // A client that has not acknowledged its join receives no patches: changes would only pile up in its view.
    const joined: Client[] = [];
    const targets: ViewTarget[] = [];
    for (const client of clients) {
      if (client.state !== ClientState.JOINED) continue;
      const target = this.#targetOf(client);
      joined.push(client);
      targets.push(target);
      this.#delays.get(client)?.release();
      if (!this.#isCurrent(client, target)) this.resync(client);
    }
    this.#table.update();
    for (let place = 0; place < joined.length; place++) {
      this.#aim(joined[place] as Client, targets[place] as ViewTarget);
    }
  }

  /** Whose events the client may learn of, now or delayed. Undefined until a patch has opened the view that it needs. */
  onlookerOf(client: Client): Onlooker | undefined {
    const target = this.#targetOf(client);
    if (this.#opened.get(client)?.at !== target.at || target.at === "nothing") return undefined;
    return "id" in target ? playerAt(this.#options.world, target.id, this.#leanOf(target)) : "everything";
  }

  /** Sends a message with the client's next patch, or as late as its patches. */
  deliver(client: Client, message: Buffer): void {
    const delay = this.#delays.get(client);
    if (delay) delay.hold(() => client.raw(message));
    else this.#options.outbox.hold(client, message);
  }

  #isCurrent(client: Client, target: ViewTarget): boolean {
    const opened = this.#opened.get(client);
    return opened?.at === target.at && opened.own === ownDrone(target) && opened.table === this.#table;
  }

  /** Points the client's view at what the client looks at. */
  #aim(client: Client, target: ViewTarget): void {
    const view = this.#options.views.get(client);
    if (!view) return;
    if (target.at === "everything") view.showEverything(1);
    else if (target.at === "recorded")
      view.showEverything(patchesPerPose(this.#options.settings.now.players));
    else if (target.at === "nothing") view.showNothing();
    else {
      const { arena, state } = this.#options.world;
      const looking = eyeOf(target.drone, state);
      const subject = this.#table.slotOf(target.drone);
      const eye = this.#table.slotOf(looking);
      if (subject === undefined || eye === undefined) view.showNothing();
      else view.showAround(eye, subject, centreFor(target.drone, looking, this.#leanOf(target), arena));
    }
  }

  /** A spectator learns neither pointer nor reach of the player it follows, so that its view does not lean. */
  #leanOf(target: ViewTarget): Place {
    return target.at === "own" ? this.#options.leanOf(target.id) : NO_LEAN;
  }

  #targetOf(client: Client): ViewTarget {
    if (isRecording(client)) return { at: "recorded" };
    const { sessionId } = client;
    const { drones, screening } = this.#options.world.state;
    const own = drones.get(sessionId);
    if (own) return { at: "own", id: sessionId, drone: own };
    const { spectating } = this.#options.settings.now;
    // Nobody sees the arena behind a replay, which all watch at the same time.
    if (spectating === "delayed") return { at: screening ? "nothing" : "everything" };
    const id = spectating === "follow" ? this.#followedBy(sessionId) : undefined;
    const drone = id === undefined ? undefined : drones.get(id);
    return id === undefined || !drone ? { at: "nothing" } : { at: "followed", id, drone };
  }

  /** The chosen player while it has a drone, else the first one in the roster that has. */
  #followedBy(sessionId: string): string | undefined {
    const { drones, roster } = this.#options.world.state;
    const chosen = this.#followed.get(sessionId);
    if (chosen !== undefined && drones.get(chosen)) return chosen;
    return [...roster.keys()].find((id) => drones.get(id));
  }

  #endDelay(client: Client): void {
    this.#delays.get(client)?.end();
    this.#delays.delete(client);
  }
}

const ownDrone = (target: ViewTarget): Drone | undefined => (target.at === "own" ? target.drone : undefined);
