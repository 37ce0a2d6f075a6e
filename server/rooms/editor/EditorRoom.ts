/** The room in which several people draw one draft: lifecycle and wiring. Each rule is in the file named after it. */
import {
  type AuthContext,
  type Client,
  Room,
  type RoomException,
  type RoomMethodName,
  ServerError,
} from "@colyseus/core";
import { SEAT_RESERVED_SEC } from "#server/admission/reservations.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import { keepSeatFor, tokenOnReturn } from "#server/admission/seatOwners.ts";
import { countAsJoined, dropFromNowOn } from "#server/colyseus/internals.ts";
import type { GuardedSocket } from "#server/edge/guardedSocket.ts";
import { log } from "#server/log.ts";
import { logError } from "#server/logOnce.ts";
import { PING_INTERVAL_MS, Pings } from "#server/rooms/pings.ts";
import { PATCH_MS } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { EDITOR_KEPT_SEC, EDITORS_MAX } from "#shared/protocol/editor.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { EditorState } from "#shared/schema/editorState.ts";
import { handleEditors } from "./editorRequests.ts";
import { EditorSerializer } from "./editorSerializer.ts";
import type { EditorAdmission } from "./seats.ts";
import { createStudio, type Studio } from "./studio.ts";

/** How soon it shows that a tried arena's room has ended by itself. */
const TRIAL_CHECK_MS = 3_000;

export type EditorClient = Client<{ auth: EditorAdmission }>;

export abstract class EditorRoom extends Room<{ state: EditorState; client: EditorClient }> {
  /** The rooms among which arenas are opened to be tried out. */
  protected abstract readonly rooms: Rooms;
  override patchRate = PATCH_MS;
  override maxClients = EDITORS_MAX;
  override seatReservationTimeout = SEAT_RESERVED_SEC;
  override state = new EditorState();
  readonly log = log.child({});
  readonly #pings = new Pings();
  /** Connections that are not their tab's first. */
  readonly #returned = new WeakSet<Client>();
  #studio!: Studio;

  static override async onAuth(
    _token: string,
    _options: unknown,
    { req }: AuthContext,
  ): Promise<EditorAdmission> {
    const admission = req as unknown as Partial<EditorAdmission> | undefined;
    // In development Colyseus itself answers, and there is no store.
    if (!admission?.role) throw new ServerError(REFUSAL.roomUnknown, "There is no such draft.");
    return admission as EditorAdmission;
  }

  /** Colyseus calls this with its own serializer. */
  override setSerializer(): void {
    super.setSerializer(new EditorSerializer());
  }

  override async onCreate({ draft }: { draft: string }): Promise<void> {
    this.log.setBindings({ room: this.roomId, draft });
    this.#studio = await createStudio(this, draft, this.rooms);
    handleEditors(this, this.#studio);
    this.clock.setInterval(() => this.#pings.ping(this.clients), PING_INTERVAL_MS);
    this.clock.setInterval(() => void this.#studio.tryOut.check(), TRIAL_CHECK_MS);
    this.log.info("editor opened");
  }

  override onJoin(client: EditorClient, _options: unknown, admission: EditorAdmission): void {
    const { seats, presence } = this.#studio;
    const nowMs = performance.now();
    const { person, was } = seats.join(client, admission, nowMs);
    presence.entered(person, nowMs);
    this.#connect(client);
    if (was !== "here") presence.tell(was === "new" ? "joined" : "back", person.editor.name);
  }

  /** Resolves once the seat that the visitor's tab has, if any, is free. */
  async giveUpFor(admission: EditorAdmission): Promise<void> {
    this.#studio.seats.giveUpFor(admission, performance.now());
    // Colyseus counts the seat until it has called onLeave.
    await new Promise(setImmediate);
  }

  override onDrop(client: EditorClient): void {
    const { seats, presence } = this.#studio;
    if (this.#returned.has(client)) countAsJoined(client);
    const person = seats.of(client.sessionId);
    if (!person || (client.ref as Partial<GuardedSocket>).malicious === true) return;
    seats.dropped(client.sessionId, this.allowReconnection(client, EDITOR_KEPT_SEC));
    presence.tell("away", person.editor.name);
    void this.#studio.saving.flush();
  }

  override onReconnect(client: EditorClient): void {
    client.reconnectionToken = tokenOnReturn(client.sessionId, client.reconnectionToken);
    dropFromNowOn(client);
    this.#returned.add(client);
    const person = this.#studio.seats.returned(client);
    this.#connect(client);
    this.#studio.presence.tell("back", person?.editor.name);
  }

  override onLeave(client: EditorClient): void {
    const nowMs = performance.now();
    const person = this.#studio.seats.left(client.sessionId, nowMs);
    // Its tab has another seat.
    if (!person) return;
    this.#studio.presence.left(person, nowMs);
    this.#studio.presence.tell("left", person.editor.name);
    void this.#studio.saving.flush();
  }

  /** On this close code every page joins again by itself. */
  override onBeforeShutdown(): void {
    // Pages need not send again the commands that this patch acknowledges.
    this.broadcastPatch();
    this.disconnect(CLOSE.restarting);
  }

  /** Resolves once the draft is stored, as far as the store answers. */
  override async onDispose(): Promise<void> {
    // A room whose onCreate has failed has none.
    await (this.#studio as Studio | undefined)?.close();
    this.log.info("editor closed");
  }

  /** The room's clock does not catch what this throws: it would end the process. */
  override broadcastPatch(): boolean {
    try {
      return super.broadcastPatch();
    } catch (error) {
      logError(error, "an editor's patch failed");
      void this.disconnect(CLOSE.roomFailed);
      return false;
    }
  }

  override onUncaughtException(error: RoomException, method: RoomMethodName): void {
    if (error.cause instanceof ServerError) return;
    logError(error, "uncaught in an editor", { method });
  }

  #connect(client: EditorClient): void {
    this.#pings.follow(client);
    keepSeatFor(client.sessionId, client.reconnectionToken, client.auth?.identity);
    this.#studio.presence.sendRecent(client);
  }
}

/** Colyseus creates the room itself, and hands it no object: each server has a class of its own. */
export const editorRoomOf = (rooms: () => Rooms) =>
  class extends EditorRoom {
    protected override get rooms(): Rooms {
      return rooms();
    }
  };
