/** A room process of which the front has the other end of a link: asks it, hands sockets over, and keeps what it reports. */
import type { RoomRow } from "#server/admission/directory.ts";
import {
  type Answered,
  type AskProcess,
  type AskRoom,
  type ProcessQuestion,
  type RoomQuestion,
  refusal,
} from "#server/admission/roomQuestions.ts";
import { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { Connection, RoomProcess } from "#server/admission/rooms.ts";
import { log } from "#server/log.ts";
import type { ArenaChanges } from "#server/services/arenas/arenaFiles.ts";
import type { Metrics } from "#server/services/metrics.ts";
import type { Progress } from "#server/services/progress.ts";
import { Channel, type Link } from "./channel.ts";
import { Sockets } from "./handOver.ts";
import { KnownLoad } from "./load.ts";
import type { Asked, AskedForArena, AskedToMove, Beat, Hello, OneWay } from "./messages.ts";

/**
 * Exceeds the life of a hanging process: a refused `open` must not have happened, or the room would open twice when it is asked of
 * another process.
 */
const OPEN_WITHIN_MS = 10_000;

/** The room that was to be opened has ended the process. */
export const ENDED_PROCESS = refusal(500, "The room failed while it was opened.");

const UNASKED = refusal(404, "The front does not answer this.");

/** Beats come twice a second. */
const LATE_MS = 1_500;

/** The front's handlers of the reports of its processes. */
export interface Reports {
  put(row: RoomRow): void;
  remove(code: string, processId: string): void;
  readonly keep: Progress["keep"];
  /** `json`: of a RoomSnapshot. */
  snapshot?(code: string, json: string): void;
  /** Opens a room of a process that departs elsewhere. */
  move?(asked: AskedToMove): Promise<Answered<null>>;
  /** The text of a brought arena's Tiled file. */
  arena?(asked: AskedForArena): Promise<Answered<string | undefined>>;
  /** The process takes rooms. */
  hello?(hello: Hello): void;
}

/** A ChildProcess, or what stands for a process that is not this one's child. */
export interface LinkedProcess extends Link {
  readonly pid?: number | undefined;
  kill(signal: NodeJS.Signals): unknown;
}

export class RemoteProcess implements RoomProcess {
  /** Names the process in log lines. */
  readonly name: string;
  readonly #child: LinkedProcess;
  readonly #channel: Channel;
  readonly #sockets: Sockets;
  readonly #reports: Reports;
  readonly #onHello: (process: RemoteProcess) => void;
  readonly #load = new KnownLoad();
  readonly #rooms = new Set<string>();
  /** Code → newest snapshot, as JSON. */
  readonly #snapshots = new Map<string, string>();
  #hello: Hello | undefined;
  #beat: Beat | undefined;
  #isGone = false;
  /** Codes of rooms that the process has begun to open. */
  readonly #opening = new Set<string>();
  /** When it was last heard of: performance.now(). The front adds the time in which it could not listen itself. */
  heardAtMs = performance.now();
  takesRooms = true;

  constructor(
    name: string,
    child: LinkedProcess,
    reports: Reports,
    onHello: (process: RemoteProcess) => void,
  ) {
    this.name = name;
    this.#child = child;
    this.#reports = reports;
    this.#onHello = onHello;
    this.#channel = new Channel(child, {
      answer: (asked) =>
        (asked.of === "move" && reports.move?.(asked)) ||
        (asked.of === "arena" && reports.arena?.(asked)) ||
        Promise.resolve(UNASKED),
      take: (message) => this.#take(message),
      gone: () => this.#sockets.closeAll(),
    });
    this.#sockets = new Sockets(this.#channel);
  }

  get id(): string {
    return this.#hello?.processId ?? "";
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hello(): Hello | undefined {
    return this.#hello;
  }

  get beat(): Beat | undefined {
    return this.#beat;
  }

  /** New rooms had better not go to a process that may hang. */
  get load(): number {
    const nowMs = performance.now();
    return this.#load.at(nowMs) + (nowMs - this.heardAtMs > LATE_MS ? 1 : 0);
  }

  get roomCount(): number {
    return this.#rooms.size;
  }

  /** The room's newest snapshot, as JSON. */
  snapshotOf(code: string): string | undefined {
    return this.#snapshots.get(code);
  }

  /** Connections that the process holds. */
  get socketCount(): number {
    return this.#sockets.openCount;
  }

  get waitingCount(): number {
    return this.#channel.waitingCount;
  }

  get snapshotCount(): number {
    return this.#snapshots.size;
  }

  readonly ask: AskRoom = <Name extends RoomQuestion>(roomId: string, name: Name, question: unknown) =>
    this.#ask({ of: "room", roomId, name, question } as Asked);

  readonly askProcess: AskProcess = <Name extends ProcessQuestion>(name: Name, question: unknown) => {
    const asked = { of: "process", name, question } as Asked & { of: "process" };
    return asked.name === "open" ? this.#open(asked) : this.#ask(asked);
  };

  /** Answers ENDED_PROCESS, or REFUSAL.restarting if the process ended before it began to open the room. */
  async #open<Value>(asked: Asked & { of: "process"; name: "open" }): Promise<Answered<Value>> {
    const { code } = asked.question;
    this.#load.placed(performance.now());
    const answer = await this.#ask<Value>(asked, OPEN_WITHIN_MS);
    if (this.#channel.isGone && this.#opening.has(code)) return ENDED_PROCESS;
    this.#opening.delete(code);
    return answer;
  }

  /** Whether it was opening a room, which is the cause then if it has ended. */
  get isOpening(): boolean {
    return this.#opening.size > 0;
  }

  /** A former front tells those of all its processes. */
  metrics<Told = Metrics>(): Promise<Answered<Told>> {
    return this.#ask({ of: "metrics" });
  }

  handOver(_roomId: string, connection: Connection, onClosed: () => void): void {
    this.#sockets.handOver(connection, onClosed);
  }

  /** Has the process give its rooms to the front's successor, within `inMs`. */
  depart(inMs: number): void {
    this.#channel.tell({ is: "depart", inMs });
  }

  tellArenas(changes: ArenaChanges): void {
    this.#channel.tell({ is: "arenas", changes });
  }

  stop(): void {
    this.takesRooms = false;
    this.#channel.tell({ is: "stop" });
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** The process has exited: nothing of it is left, but the last snapshots of the rooms that it had. */
  gone(): RoomSnapshot[] {
    this.#isGone = true;
    this.takesRooms = false;
    for (const code of this.#rooms) this.#reports.remove(code, this.id);
    this.#channel.close();
    return [...this.#snapshots].flatMap(([code, json]) => (this.#rooms.has(code) ? parse(code, json) : []));
  }

  /** The caller knows what the question's answer is. */
  #ask<Value>(asked: Asked, withinMs?: number): Promise<Answered<Value>> {
    return this.#channel.ask(asked, withinMs) as Promise<Answered<Value>>;
  }

  #take(message: OneWay): void {
    this.heardAtMs = performance.now();
    // A result may be read from the pipe after its process has ended; it must not be lost.
    if (message.is === "result") this.#keep(message);
    else if (!this.#isGone) this.#note(message);
  }

  #note(message: OneWay): void {
    switch (message.is) {
      case "hello":
        this.#hello = message;
        this.#reports.hello?.(message);
        this.#onHello(this);
        break;
      case "beat":
        this.#beat = message;
        this.#load.measured(message.load, message.clients);
        break;
      case "opening":
        this.#opening.add(message.code);
        break;
      case "row":
        this.#opening.delete(message.row.roomId);
        this.#rooms.add(message.row.roomId);
        this.#reports.put(message.row);
        break;
      case "gone":
        this.#rooms.delete(message.code);
        this.#snapshots.delete(message.code);
        this.#reports.remove(message.code, this.id);
        break;
      case "snapshot":
        this.#snapshots.set(message.code, message.json);
        this.#reports.snapshot?.(message.code, message.json);
        break;
      case "closed":
        this.#sockets.closed(message.number);
    }
  }

  #keep({ number, result }: OneWay & { is: "result" }): void {
    this.#reports.keep(result, (player, news) => this.#channel.tell({ is: "news", number, player, news }));
  }
}

function parse(code: string, json: string): RoomSnapshot[] {
  try {
    return [RoomSnapshot.parse(JSON.parse(json))];
  } catch (error) {
    log.error(
      { room: code, reason: (error as Error).message },
      "a snapshot cannot be read: its room is lost",
    );
    return [];
  }
}
