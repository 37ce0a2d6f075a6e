/**
 * The room processes of this front: starts as many as it should, notices within seconds when one ends or hangs, and
 * replaces it.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { log } from "#server/log.ts";
import type { ArenaChanges } from "#server/services/arenas/arenaFiles.ts";
import { countUp, exposeGauge, type ProcessMetrics } from "#server/services/metrics.ts";
import { LIVED_MS, retryInMs } from "./forked.ts";
import { RemoteProcess, type Reports } from "./remoteProcess.ts";
import { environmentOf, type RoomRules } from "./roomRules.ts";

/** A process of which nothing is heard for this long hangs, and is killed. One that is 2 s late keeps its rooms. */
const SILENT_MS = 3_000;
const WATCH_MS = 250;
/** A busy machine may take this long from the fork to "hello". */
const START_WITHIN_MS = 60_000;
/**
 * So many deaths of young processes within a minute have a cause in here, even if each looks like a kill from outside: memory
 * runs out.
 */
const FREQUENT_DEATHS = 3;
const FREQUENT_WITHIN_MS = 60_000;
/** Exceeds the time in which a process closes its rooms (roomProcess.ts), within the time that drain.ts grants. */
const STOP_WITHIN_MS = 2_700;

let deaths = 0;
countUp(
  "fracas_room_process_deaths_total",
  "Room processes that ended without being asked to.",
  () => deaths,
);

const ENTRY = fileURLToPath(new URL("roomProcess.ts", import.meta.url));

export interface Death {
  readonly name: string;
  /** The last snapshot of each room that the process had. */
  readonly snapshots: readonly RoomSnapshot[];
  /**
   * Whether one of these rooms may be the cause: the process failed or hung by itself, or processes are killed again and
   * again; and it was not opening another room.
   */
  readonly blamesRooms: boolean;
}

export interface PoolOptions {
  readonly count: number;
  readonly rules: RoomRules;
  readonly reports: Reports;
  readonly onDied: (death: Death) => void;
  /** Another program than roomProcess.ts, for tests. */
  readonly entry?: string | undefined;
}

/** A place for a process: it keeps its name when the process is replaced. */
interface Slot {
  readonly name: string;
  remote: RemoteProcess | undefined;
  startedAtMs: number;
  /** Starts in a row that failed. */
  failures: number;
  retry: NodeJS.Timeout | undefined;
  isHung: boolean;
}

export class ProcessPool {
  readonly #options: PoolOptions;
  readonly #slots: readonly Slot[];
  readonly #watch = setInterval(() => this.#look(), WATCH_MS);
  #lookedAtMs = performance.now();
  /** performance.now() of the last deaths of all processes. */
  #diedAtMs: number[] = [];
  #isStopping = false;
  #departsAtMs: number | undefined;
  #arenaChanges: ArenaChanges | undefined;
  readonly #onChange = new Set<() => void>();

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.count }, (_, at) => ({
      ...{ name: `room ${at + 1}`, remote: undefined, startedAtMs: 0 },
      ...{ failures: 0, retry: undefined, isHung: false },
    }));
    for (const slot of this.#slots) this.#start(slot);
    exposeGauge("fracas_room_processes", "Room processes that are up.", () => this.all.length);
    process.once("exit", this.#killAll);
  }

  /** A process that hangs would not notice that its front has ended. */
  readonly #killAll = () => {
    for (const { remote } of this.#slots) remote?.kill();
  };

  /** The processes that are up. */
  get all(): readonly RemoteProcess[] {
    return this.#slots.flatMap(({ remote }) => (remote?.hello ? [remote] : []));
  }

  /** Resolves when all processes are up, but those that fail at their start; one at least must be up. */
  async ready(): Promise<void> {
    const isOut = ({ remote, failures }: Slot) => !remote?.hello && failures === 0;
    while ((this.all.length === 0 || this.#slots.some(isOut)) && !this.#isStopping)
      await new Promise<void>((resolve) => this.#onChange.add(resolve));
  }

  /** The metrics of the processes that answer. */
  async metrics(): Promise<ProcessMetrics[]> {
    const answers = this.all.map(async (remote) => ({
      process: remote.name,
      answer: await remote.metrics(),
    }));
    return (await Promise.all(answers)).flatMap(({ process, answer }) =>
      answer.ok ? [{ process, metrics: answer.value }] : [],
    );
  }

  /** Has every process give its rooms to this front's successor, within `inMs`; also those that start later. */
  depart(inMs: number): void {
    this.#departsAtMs = performance.now() + inMs;
    for (const remote of this.all) remote.depart(inMs);
  }

  /** Tells every process which brought arenas are featured or removed; also those that start later. */
  tellArenas(changes: ArenaChanges): void {
    this.#arenaChanges = changes;
    for (const remote of this.all) remote.tellArenas(changes);
  }

  /** Has every process close its rooms. Resolves when all have ended. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const { retry, remote } of this.#slots) {
      clearTimeout(retry);
      remote?.stop();
    }
    const kill = setTimeout(this.#killAll, STOP_WITHIN_MS);
    while (this.#slots.some(({ remote }) => remote))
      await new Promise<void>((resolve) => this.#onChange.add(resolve));
    clearTimeout(kill);
    clearInterval(this.#watch);
    process.off("exit", this.#killAll);
    this.#changed();
  }

  #start(slot: Slot): void {
    const { rules, reports, entry = ENTRY } = this.#options;
    const child = fork(entry, {
      serialization: "advanced",
      env: environmentOf(slot.name, rules),
      // A debugger's port can be listened on once.
      execArgv: process.execArgv.filter((flag) => !flag.startsWith("--inspect")),
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const remote = new RemoteProcess(slot.name, child, reports, () => {
      log.info({ of: slot.name, pid: child.pid }, "a room process is up");
      if (this.#departsAtMs !== undefined) remote.depart(this.#departsAtMs - performance.now());
      if (this.#arenaChanges) remote.tellArenas(this.#arenaChanges);
      this.#changed();
    });
    Object.assign(slot, { remote, startedAtMs: performance.now(), retry: undefined, isHung: false });
    child.once("exit", (code, signal) => {
      // After the input that it has left in the pipe.
      setImmediate(() => setImmediate(() => this.#ended(slot, remote, { code, signal })));
    });
    child.on("error", (error) => {
      log.error({ err: error, of: slot.name }, "a room process could not be started or signalled");
      if (child.pid === undefined) this.#ended(slot, remote, { code: null, signal: null });
    });
  }

  #ended(
    slot: Slot,
    remote: RemoteProcess,
    how: { code: number | null; signal: NodeJS.Signals | null },
  ): void {
    if (slot.remote !== remote) return;
    slot.remote = undefined;
    const rooms = remote.roomCount;
    const { isOpening } = remote;
    const snapshots = remote.gone();
    if (!this.#isStopping) {
      deaths++;
      const isYoung = performance.now() - slot.startedAtMs < LIVED_MS;
      const isFrequent = isYoung && this.#isFrequent(performance.now());
      const isKilled = how.signal === "SIGKILL" && !slot.isHung && !isFrequent;
      const failedAtStart = !remote.hello || (!isKilled && isYoung);
      const { isHung } = slot;
      this.#replace(slot, failedAtStart, isFrequent, { ...how, isHung, rooms, snapshots: snapshots.length });
      this.#options.onDied({ name: slot.name, snapshots, blamesRooms: !isKilled && !isOpening });
    }
    this.#changed();
  }

  /** Notes the death of a young process. */
  #isFrequent(nowMs: number): boolean {
    this.#diedAtMs = [...this.#diedAtMs.filter((atMs) => nowMs - atMs < FREQUENT_WITHIN_MS), nowMs];
    return this.#diedAtMs.length >= FREQUENT_DEATHS;
  }

  /**
   * Starts another process: at once after one that has lived, after a growing pause if it failed at its start or young ones
   * die frequently.
   */
  #replace(slot: Slot, failedAtStart: boolean, isFrequent: boolean, fields: object): void {
    const failed = failedAtStart || isFrequent;
    slot.failures = failed ? slot.failures + 1 : 0;
    const pauseMs = retryInMs(slot.failures);
    const shown = {
      of: slot.name,
      ...fields,
      retryInMs: pauseMs,
      ...(failed && { failures: slot.failures }),
    };
    if (failedAtStart) log.error(shown, "a room process ended soon after its start");
    else log.error(shown, "a room process has ended: its rooms are opened again, and another one starts");
    slot.retry = setTimeout(() => this.#start(slot), pauseMs);
  }

  /**
   * A front that was late itself, because it was stopped or the machine is overloaded, forgives the processes that time.
   * It judges after the input that waits in its pipes.
   */
  #look(): void {
    const nowMs = performance.now();
    const lateMs = nowMs - this.#lookedAtMs - WATCH_MS;
    this.#lookedAtMs = nowMs;
    for (const { remote } of this.#slots)
      if (remote && lateMs > 0) remote.heardAtMs = Math.min(nowMs, remote.heardAtMs + lateMs);
    setImmediate(() => {
      for (const slot of this.#slots) this.#judge(slot);
    });
  }

  #judge(slot: Slot): void {
    const { remote, isHung, name } = slot;
    if (!remote || isHung) return;
    const silentMs = Math.round(performance.now() - remote.heardAtMs);
    if (silentMs < (remote.hello ? SILENT_MS : START_WITHIN_MS)) return;
    slot.isHung = true;
    log.error({ of: name, pid: remote.pid, silentMs }, "a room process hangs: it is killed");
    remote.kill();
  }

  #changed(): void {
    for (const resolve of this.#onChange) resolve();
    this.#onChange.clear();
  }
}
