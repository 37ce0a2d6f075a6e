/** The rooms of this machine: finds the process of each, and opens new ones in the process with the least load. */
import type { Directory, LocalDirectory } from "#server/admission/directory.ts";
import { drawCode } from "#server/admission/roomCodes.ts";
import { type Answered, type AskRoom, answered, byUselessness } from "#server/admission/roomQuestions.ts";
import type { Connection, RoomHost, Rooms } from "#server/admission/rooms.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

/** Hosted rooms leave this share of MAX_ROOMS to public ones, or nobody could press Play while they fill the machine. */
const PUBLIC_SHARE = 1 / 4;

const FULL = {
  ok: false,
  status: REFUSAL.serverFull,
  message: "This server has as many rooms as it holds: try again in a minute.",
  retryAfterSec: 30,
} as const;

export const NO_PROCESS = {
  ok: false,
  status: REFUSAL.restarting,
  message: "This part of the server restarts: try again.",
  retryAfterSec: 1,
} as const;

/** Undefined if no process takes rooms. */
export const leastLoaded = (hosts: readonly RoomHost[]): RoomHost | undefined =>
  hosts.filter(({ takesRooms }) => takesRooms).sort((a, b) => a.load - b.load)[0];

export interface Hosts {
  /** The process that has the front itself. It answers for rooms that nobody has. */
  readonly local: RoomHost;
  /** The processes that have arenas, with `local` if it is one of them. */
  readonly all: readonly RoomHost[];
}

export class MachineRooms implements Rooms {
  readonly directory: Directory;
  readonly #own: LocalDirectory;
  readonly #hosts: Hosts;
  readonly #maxRooms: number;
  /** Rooms that are being opened: the directory does not know them yet. */
  readonly #opening = { public: 0, hosted: 0 };

  /** `directory`: of all machines, if there are several. */
  constructor(own: LocalDirectory, directory: Directory, hosts: Hosts, maxRooms: number) {
    this.#own = own;
    this.directory = directory;
    this.#hosts = hosts;
    this.#maxRooms = maxRooms;
  }

  readonly ask: AskRoom = async (roomId, name, question) => {
    await this.#own.settled(roomId);
    return this.#hostOf(roomId).ask(roomId, name, question);
  };

  async open(options: JoinOptions): Promise<Answered<{ code: string }>> {
    const kind = options.private ? "hosted" : "public";
    if (this.#isFull(kind)) return FULL;
    this.#opening[kind]++;
    try {
      const gone = new Set<RoomHost>();
      for (;;) {
        const code = await drawCode(this.directory);
        // Chosen and asked at once, so that simultaneous calls see one another's rooms.
        const host = leastLoaded(this.#hosts.all.filter((each) => !gone.has(each)));
        if (!host) return NO_PROCESS;
        const opened = await host.askProcess("open", { code, options });
        if (opened.ok) return answered({ code });
        if (opened.status !== REFUSAL.restarting) return opened;
        gone.add(host);
      }
    } finally {
      this.#opening[kind]--;
    }
  }

  async hasSeat(identity: string): Promise<boolean> {
    const answers = await Promise.all(
      this.#hosts.all.map((host) => host.askProcess("hasSeatAnywhere", { identity })),
    );
    return answers.some((answer) => answer.ok && answer.value);
  }

  async freeOnePlace(rooms?: readonly string[], by?: Visitor): Promise<void> {
    const hosts = rooms ? new Set(rooms.map((roomId) => this.#hostOf(roomId))) : this.#hosts.all;
    const places = await Promise.all(
      Array.from(hosts, (host) => host.askProcess("unusedPlace", { rooms, by })),
    );
    const [place] = places.flatMap((answer) => (answer.ok && answer.value) || []).sort(byUselessness);
    if (place) await this.ask(place.room, "freePlace", place);
  }

  handOver(roomId: string, connection: Connection, onClosed: () => void): void {
    if (this.#own.settled(roomId)) {
      // Its process has just died. After a network failure the SDK tries again; after an answer it would not.
      connection.socket.destroy();
      onClosed();
      return;
    }
    this.#hostOf(roomId).handOver(roomId, connection, onClosed);
  }

  #hostOf(roomId: string): RoomHost {
    const id = this.#own.own.get(roomId)?.processId;
    return this.#hosts.all.find((host) => host.id === id) ?? this.#hosts.local;
  }

  /** Of the process with the highest load, 0 to 1. */
  get load(): number {
    return Math.max(0, ...this.#hosts.all.map(({ load }) => load));
  }

  #isFull(kind: "public" | "hosted"): boolean {
    const open = [...this.#own.own.values()];
    const hosted = open.filter(({ metadata }) => metadata?.hosted).length + this.#opening.hosted;
    const hostedMax = this.#maxRooms - Math.floor(this.#maxRooms * PUBLIC_SHARE);
    const all = open.length + this.#opening.hosted + this.#opening.public;
    return all >= this.#maxRooms || (kind === "hosted" && hosted >= hostedMax);
  }
}
