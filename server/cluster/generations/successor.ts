/**
 * The front that replaces this one, as this one sees it: it asks about the rooms that are left here, sends players' sockets,
 * keeps the results, and takes the rooms over. To it this front is a process that has rooms.
 */
import type { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { matchMaker } from "@colyseus/core";
import type { LocalDirectory, RoomRow } from "#server/admission/directory.ts";
import { type Answered, answered, byUselessness, refusal } from "#server/admission/roomQuestions.ts";
import type { RoomProcess } from "#server/admission/rooms.ts";
import type { MachineRooms } from "#server/cluster/machineRooms.ts";
import { Channel } from "#server/cluster/processes/channel.ts";
import { takeSocket } from "#server/cluster/processes/handOver.ts";
import { BEAT_MS } from "#server/cluster/processes/load.ts";
import type { Asked, AskedOfProcess, AskedToMove, OneWay } from "#server/cluster/processes/messages.ts";
import { schemaFingerprint } from "#server/colyseus/schemaFingerprint.ts";
import type { ProcessMetrics } from "#server/services/metrics.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { RelayedProgress } from "./relayedProgress.ts";
import type { RelayLink } from "./relayLink.ts";

/** Longer than the successor waits for a process of its own, shorter than the room waits (departure.ts). */
const MOVE_WITHIN_MS = 13_000;

export interface SuccessorOptions {
  readonly rooms: MachineRooms;
  /** The rooms here, and those of a predecessor. */
  readonly local: LocalDirectory;
  readonly processes: () => readonly RoomProcess[];
  readonly progress: RelayedProgress;
  /** The newest of a room, as JSON. */
  readonly snapshotOf: (code: string) => string | undefined;
  /** The metrics of the room processes here. */
  readonly metrics: () => Promise<ProcessMetrics[]>;
  /** The rooms are to move within `inMs`. */
  readonly onDepart: (inMs: number) => void;
  /** The rooms are to close. */
  readonly onStop: () => void;
}

export class Successor {
  readonly #options: SuccessorOptions;
  readonly #channel: Channel;
  /** Code → the row that it was last told. */
  readonly #told = new Map<string, RoomRow>();
  /** Rooms that it knows, and that are not here: they have ended, or open again. */
  readonly #missing = new Set<string>();
  readonly #unsubscribe: () => void;
  readonly #beats: NodeJS.Timeout;

  constructor(link: RelayLink, options: SuccessorOptions) {
    this.#options = options;
    this.#channel = new Channel(link, {
      answer: (asked) => this.#answer(asked),
      take: (message, socket) => this.#take(message, socket),
      gone: () => {
        this.#unsubscribe?.();
        clearInterval(this.#beats);
      },
    });
    this.#channel.tell({
      is: "hello",
      pid: process.pid,
      processId: matchMaker.processId,
      protocol: PROTOCOL_VERSION,
      schema: schemaFingerprint(),
    });
    this.#unsubscribe = options.local.onChange(() => this.#tellRows());
    this.#tellRows();
    for (const code of options.local.own.keys()) {
      const json = options.snapshotOf(code);
      if (json !== undefined) this.snapshot(code, json);
    }
    options.progress.sendTo(this.#channel);
    this.#beats = setInterval(() => this.#beat(), BEAT_MS);
    link.open();
  }

  #beat(): void {
    const { local, rooms } = this.#options;
    const { clients } = local;
    const memoryBytes = process.memoryUsage.rss();
    this.#channel.tell({ is: "beat", load: rooms.load, rooms: local.own.size, clients, memoryBytes });
  }

  snapshot(code: string, json: string): void {
    this.#channel.tell({ is: "snapshot", code, json });
  }

  /** Has the successor open a room that is left here. */
  move(asked: AskedToMove): Promise<Answered<null>> {
    return this.#channel.ask(asked, MOVE_WITHIN_MS) as Promise<Answered<null>>;
  }

  flush(withinMs: number): Promise<void> {
    return this.#channel.flush(withinMs);
  }

  /** To the successor all rooms are this front's: it alone knows which of its processes has a room. */
  #tellRows(): void {
    const { own } = this.#options.local;
    for (const [code, row] of own) {
      if (this.#told.get(code) === row) continue;
      this.#told.set(code, row);
      this.#channel.tell({ is: "row", row: { ...row, processId: matchMaker.processId } });
    }
    for (const code of this.#told.keys()) {
      if (own.has(code) || this.#missing.has(code)) continue;
      this.#missing.add(code);
      void this.#tellGone(code);
    }
  }

  /** A room whose process has died opens again: to the successor it is there all the time. */
  async #tellGone(code: string): Promise<void> {
    const { local } = this.#options;
    // The rows of a process that has died go just before it is known that they open again.
    await nextTurn();
    for (let opens = local.settled(code); opens; opens = local.settled(code)) await opens;
    this.#missing.delete(code);
    if (local.own.has(code) || !this.#told.delete(code)) return;
    this.#channel.tell({ is: "gone", code });
  }

  async #answer(asked: Asked): Promise<Answered<unknown>> {
    switch (asked.of) {
      case "room":
        return this.#options.rooms.ask(asked.roomId, asked.name, asked.question);
      case "process":
        return this.#answerForAll(asked);
      case "metrics":
        return answered(await this.#options.metrics());
      case "move":
      case "arena":
        return refusal(404, "A former front does not answer this.");
    }
  }

  async #answerForAll({ name, question }: AskedOfProcess): Promise<Answered<unknown>> {
    if (name === "open") return refusal(404, "A former front opens no rooms.");
    if (name === "hasSeatAnywhere") return answered(await this.#options.rooms.hasSeat(question.identity));
    const places = await Promise.all(
      this.#options.processes().map((each) => each.askProcess(name, question)),
    );
    return answered(places.flatMap((place) => (place.ok && place.value) || []).sort(byUselessness)[0]);
  }

  #take(message: OneWay, socket: Socket | undefined): void {
    switch (message.is) {
      case "socket":
        takeSocket(
          message,
          socket,
          (connection) => this.#options.rooms.handOver(roomIdIn(message.url), connection, () => {}),
          () => this.#channel.tell({ is: "closed", number: message.number }),
        );
        break;
      case "news":
        this.#options.progress.news(message);
        break;
      case "depart":
        this.#options.onDepart(message.inMs);
        break;
      case "stop":
        this.#options.onStop();
    }
  }
}

/** /PROCESS/ROOM?…, as the successor has checked. */
const roomIdIn = (url: string): string => new URL(url, "ws://server").pathname.split("/").at(-1) ?? "";
