/**
 * Builds each client's frames. A full state has what Colyseus encodes for every client, then the client's view; a patch
 * has a head, what Colyseus encodes of changes for every client, and what changes in the client's view. To a client both
 * are Colyseus' own frames.
 */
import { type Client, ClientState, Protocol, ProtocolModifier } from "@colyseus/core";
import { ackOf, isIntercepted } from "#server/colyseus/internals.ts";
import { endPatch } from "#server/colyseus/refIds.ts";
import { StateSerializer } from "#server/colyseus/stateSerializer.ts";
import { GuardedSocket } from "#server/edge/guardedSocket.ts";
import { OPCODE } from "#server/edge/webSocketFrame.ts";
import type { RoundTrips } from "#server/rooms/tick/roundTrips.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import type { AreaOfInterest } from "./areaOfInterest.ts";
import { FrameWriter } from "./frameWriter.ts";
import type { Outbox } from "./outbox.ts";

/** The frame's code, and with a clock also the room's time in ms and the ack, each a uint32. */
const MAX_HEAD_BYTES = 9;
/** A seat in a full state, with the longest name and ID. */
const MAX_SEAT_BYTES = 160;
/** A full state without its seats and the view: settings, candidates, awards and flags. */
const MAX_BYTES_WITHOUT_SEATS = 8 * 1024;

/** All rooms write with it, one frame at a time. */
const writer = new FrameWriter();

/** The room's time, ms. */
interface Timing {
  readonly sNow: number;
}

/** What the clients see; visibility.ts updates it before each patch. */
export type Views = WeakMap<Client, AreaOfInterest>;

export interface SerializerOptions {
  readonly views: Views;
  /** What follows a client's patch: messages, and a ping when one is due. */
  readonly outbox: Outbox;
  readonly roundTrips: RoundTrips;
  /** Receive patches as the room's clients do (recordingClient.ts). */
  readonly recorders: readonly Client[];
}

export class ArenaSerializer extends StateSerializer {
  readonly #options: SerializerOptions;

  constructor(options: SerializerOptions) {
    super();
    this.#options = options;
  }

  protected override maxFullStateBytes({ roster }: ArenaState): number {
    return MAX_BYTES_WITHOUT_SEATS + roster.size * MAX_SEAT_BYTES;
  }

  override getFullState(client?: Client, timing?: Timing): Uint8Array {
    // Begins with the code of a full state.
    const shared = super.getFullState();
    const view = client && this.#options.views.get(client);
    if (!view) return shared;
    writer.begin(MAX_HEAD_BYTES + shared.length);
    writeHead(Protocol.ROOM_STATE, client, timing);
    writer.copyAll(shared.subarray(1));
    view.writeFirst(this.encoder.state, writer);
    return writer.end();
  }

  /** Encodes all frames before it sends the first: consecutive sends cost the kernel less than scattered ones. */
  override applyPatches(clients: Client[], _state?: unknown, timing?: Timing): boolean {
    const { encoder } = this;
    const { hasChanges } = encoder;
    this.needFullEncode ||= hasChanges;
    const joined = clients
      .filter(({ state }) => state === ClientState.JOINED)
      .concat(this.#options.recorders);
    if (joined.length > 0) {
      const shared = encoder.encode({ offset: 0 });
      const nowMs = performance.now();
      const sockets = joined.map(socketOf);
      const frames = joined.map((client, place) => {
        this.#writePatch(client, shared, timing);
        if (sockets[place]) this.#addFollowing(client, nowMs);
        return writer.end();
      });
      joined.forEach((client, place) => {
        const socket = sockets[place];
        const bytes = frames[place] as Buffer;
        if (socket) socket.sendFrames(bytes);
        else for (const message of [bytes, ...this.#options.outbox.heldFor(client)]) client.raw(message);
      });
    }
    this.#options.outbox.clear();
    encoder.discardChanges();
    endPatch(encoder);
    return hasChanges;
  }

  #writePatch(client: Client, shared: Uint8Array, timing: Timing = { sNow: 0 }): void {
    const view = this.#options.views.get(client);
    writer.begin(MAX_HEAD_BYTES + shared.length + (view?.maxBytes ?? 0));
    writeHead(Protocol.ROOM_STATE_PATCH, client, timing);
    writer.copyAll(shared);
    view?.writeChanges(this.encoder.state, writer);
  }

  /** Frames the patch, and adds what follows it. */
  #addFollowing(client: Client, nowMs: number): void {
    const { outbox, roundTrips } = this.#options;
    writer.frameMessage();
    for (const message of outbox.heldFor(client)) writer.addFrame(OPCODE.binary, message);
    const ping = roundTrips.takePing(client.sessionId, nowMs);
    if (ping !== undefined) writer.addFrame(OPCODE.ping, Buffer.from(ping));
  }
}

/** The client's socket, unless someone else passes on its frames. */
function socketOf(client: Client): GuardedSocket | undefined {
  const { ref } = client as { readonly ref: unknown };
  return ref instanceof GuardedSocket && !isIntercepted(client) ? ref : undefined;
}

function writeHead(code: number, client: Client, timing: Timing | undefined): void {
  const { bytes, offset } = writer;
  bytes[offset] = timing ? code | ProtocolModifier.TIMED : code;
  writer.offset++;
  if (!timing) return;
  bytes.writeUInt32LE(timing.sNow >>> 0, offset + 1);
  bytes.writeUInt32LE(ackOf(client), offset + 5);
  writer.offset += 8;
}
