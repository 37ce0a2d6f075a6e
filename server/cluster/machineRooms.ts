/** The rooms of this machine: finds the process of each, and opens new ones in the process with the least load. */
import type { Directory, LocalDirectory } from "#server/admission/directory.ts";
import { drawCode } from "#server/admission/roomCodes.ts";
import {
  type Answered,
  type AskRoom,
  answered,
  byUselessness,
  refusal,
  type TryOutRoom,
} from "#server/admission/roomQuestions.ts";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { Connection, RoomProcess, Rooms } from "#server/admission/rooms.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

/** Hosted rooms leave this share of MAX_ROOMS to public ones, or nobody could press Play while they fill the machine. */
const PUBLIC_SHARE = 1 / 4;

const FULL = refusal(
  REFUSAL.serverFull,
  "This server has as many rooms as it holds: try again in a minute.",
  30,
);

/** No process takes rooms right now. */
export const NO_PROCESS = refusal(REFUSAL.restarting, "This part of the server restarts: try again.", 1);

/** Undefined if no process takes rooms. */
export const leastLoaded = (processes: readonly RoomProcess[]): RoomProcess | undefined =>
  processes.filter(({ takesRooms }) => takesRooms).sort((a, b) => a.load - b.load)[0];

/** Opens a room again under its code, from its snapshot, in the process with the least load. Never rejects. */
export async function reopen(
  processes: readonly RoomProcess[],
  snapshot: RoomSnapshot,
): Promise<Answered<null>> {
  const target = leastLoaded(processes);
  return target ? target.askProcess("open", { code: snapshot.code, snapshot }) : NO_PROCESS;
}

export interface Processes {
  /** The process that has the front itself. It answers for rooms that nobody has. */
  readonly local: RoomProcess;
  /** The processes that have arenas, with `local` if it is one of them. */
  readonly all: readonly RoomProcess[];
  /** Rooms that are being opened again after their process died. */
  readonly reopening?: readonly Pick<RoomSnapshot, "code" | "hosted">[];
}

export class MachineRooms implements Rooms {
  readonly directory: Directory;
  readonly #local: LocalDirectory;
  readonly #processes: Processes;
  readonly #maxRooms: number;
  /** Rooms that are being opened: the directory does not know them yet. */
  readonly #opening = { public: 0, hosted: 0 };

  /** `directory`: of all machines, if there are several. */
  constructor(local: LocalDirectory, directory: Directory, processes: Processes, maxRooms: number) {
    this.#local = local;
    this.directory = directory;
    this.#processes = processes;
    this.#maxRooms = maxRooms;
  }

  readonly ask: AskRoom = async (roomId, name, question) => {
    await this.#local.settled(roomId);
    return this.#processOf(roomId).ask(roomId, name, question);
  };

  async open(options: JoinOptions, tryOut?: TryOutRoom): Promise<Answered<{ code: string }>> {
    const kind = options.private ? "hosted" : "public";
    if (this.#isFull(kind)) return FULL;
    this.#opening[kind]++;
    try {
      const gone = new Set<RoomProcess>();
      for (;;) {
        const code = await drawCode(this.directory);
        // Chosen and asked at once, so that simultaneous calls see one another's rooms.
        const target = leastLoaded(this.#processes.all.filter((each) => !gone.has(each)));
        if (!target) return NO_PROCESS;
        const opened = await target.askProcess("open", { code, options, tryOut });
        if (opened.ok) return answered({ code });
        if (opened.status !== REFUSAL.restarting) return opened;
        gone.add(target);
      }
    } finally {
      this.#opening[kind]--;
    }
  }

  async hasSeat(identity: string): Promise<boolean> {
    const answers = await Promise.all(
      this.#processes.all.map((each) => each.askProcess("hasSeatAnywhere", { identity })),
    );
    return answers.some((answer) => answer.ok && answer.value);
  }

  async freeOnePlace(rooms?: readonly string[], by?: Visitor): Promise<void> {
    const asked = rooms ? new Set(rooms.map((roomId) => this.#processOf(roomId))) : this.#processes.all;
    const places = await Promise.all(
      Array.from(asked, (each) => each.askProcess("unusedPlace", { rooms, by })),
    );
    const [place] = places.flatMap((answer) => (answer.ok && answer.value) || []).sort(byUselessness);
    if (place) await this.ask(place.room, "freePlace", place);
  }

  handOver(roomId: string, connection: Connection, onClosed: () => void): void {
    if (this.#local.settled(roomId)) {
      // Its process has just died. After a network failure the SDK tries again; after an answer it would not.
      connection.socket.destroy();
      onClosed();
      return;
    }
    this.#processOf(roomId).handOver(roomId, connection, onClosed);
  }

  #processOf(roomId: string): RoomProcess {
    const id = this.#local.own.get(roomId)?.processId;
    return this.#processes.all.find((each) => each.id === id) ?? this.#processes.local;
  }

  /** The highest load of a process, 0 to 1. */
  get load(): number {
    return Math.max(0, ...this.#processes.all.map(({ load }) => load));
  }

  #isFull(kind: "public" | "hosted"): boolean {
    const open = [...this.#local.own.values()];
    // Newcomers must not fill their places in the meantime.
    const reopening = (this.#processes.reopening ?? []).filter(({ code }) => !this.#local.own.has(code));
    const hosted =
      open.filter(({ metadata }) => metadata?.hosted).length +
      reopening.filter(({ hosted }) => hosted).length +
      this.#opening.hosted;
    const hostedMax = this.#maxRooms - Math.floor(this.#maxRooms * PUBLIC_SHARE);
    const all = open.length + reopening.length + this.#opening.hosted + this.#opening.public;
    return all >= this.#maxRooms || (kind === "hosted" && hosted >= hostedMax);
  }
}
