/** The report of a load test, as it is written to JSON. Times are in ms. */
import type { Frequencies } from "#loadtest/load/bots/tally.ts";
import type { Bar } from "./bars.ts";

export interface Times {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** One second of the run. A figure is undefined if it was not observed. */
export interface Row {
  readonly sec: number;
  readonly connected: number;
  readonly patchesPerClient: number | undefined;
  readonly bytesPerClient: number | undefined;
  readonly patchGapP50: number | undefined;
  readonly patchGapP99: number | undefined;
  readonly ackP50: number | undefined;
  readonly ackP99: number | undefined;
  readonly joinP95: number | undefined;
  /** The utilization of the generator's busiest thread, 0…1. */
  readonly generatorBusy: number;
  readonly generatorLateP99: number | undefined;
  readonly server: ServerRow | undefined;
}

export interface ServerRow {
  readonly tickP50: number | undefined;
  readonly tickP99: number | undefined;
  readonly patchP50: number | undefined;
  readonly patchP99: number | undefined;
  /** The share of the ticks due, 0…1. */
  readonly ticksHeld: number | undefined;
  readonly loopP99: number | undefined;
  /** In cores. */
  readonly cpu: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly gcMs: number;
  readonly queuedKb: number;
}

export interface ServerFigures {
  readonly tick: Times | undefined;
  readonly patch: Times | undefined;
  /** A patch together with the tick before it. */
  readonly work: Times | undefined;
  readonly ticksDue: number;
  readonly ticksHeld: number;
  /** Ticks per second of an average room. */
  readonly tickRate: number;
  readonly loop: Times | undefined;
  /** In cores. */
  readonly cpuUser: number;
  readonly cpuSystem: number;
  /** Before the first client joined. */
  readonly rssMbIdle: number;
  readonly rssMbLast: number;
  readonly rssMbMost: number;
  /** The minima of the first and the last third of the measurement: without the garbage that awaits collection. */
  readonly heapMbKept: readonly [number, number];
  readonly gc: Times | undefined;
  readonly gcShare: number;
  readonly queuedKbMost: number;
}

/** The verdict on one threshold. */
export interface Verdict {
  /** As on the command line. */
  readonly threshold: string;
  readonly found: string;
  readonly holds: boolean;
}

export interface Report {
  readonly command: string;
  readonly scenario: string;
  readonly startedAt: string;
  readonly machine: string;
  readonly server: string;
  /** The time measured, after all clients had joined. */
  readonly measuredSec: number;
  readonly clients: {
    /** As asked for. */
    readonly asked: number;
    readonly kind: "full" | "light";
    /** Connected at the same time, at most. */
    readonly most: number;
    readonly rooms: number;
  };
  readonly joins: Times & { readonly failures: Frequencies };
  readonly returns: Times;
  readonly commands: { readonly total: number; readonly perPlayerSec: number };
  readonly down: {
    readonly patchesPerClientSec: number;
    readonly bytesPerClientSec: number;
    readonly messagesPerClientSec: number;
    readonly patchGap: Times;
  };
  readonly up: { readonly bytesPerClientSec: number };
  readonly ack: Times;
  readonly answers: Times;
  /** Undefined for light clients, which do not predict. */
  readonly corrections:
    | {
        readonly count: number;
        readonly perPlayerMin: number;
        readonly meanPx: number;
        readonly largestPx: number;
      }
    | undefined;
  /** Connections that ended against the client's will, by close code. */
  readonly closes: Frequencies;
  readonly errors: Frequencies;
  readonly serverFigures: ServerFigures | undefined;
  readonly generator: {
    readonly threads: number;
    /** The utilization of the busiest thread, 0…1, and the most CPU of a thread, in cores. */
    readonly busy: number;
    readonly cpu: number;
    readonly lateP99: number;
    /** The share of the commands due that were sent, 0…1. */
    readonly commandsSent: number;
  };
  /** Why the figures measure the generator rather than the server; empty if they are valid. */
  readonly invalid: readonly string[];
  /** The findings of the scenario. */
  readonly notes: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly rows: readonly Row[];
  readonly distributions: Readonly<Record<string, readonly Bar[]>>;
}

/** The number of failed joins, lost connections, SDK errors, and clients that did not reconnect. */
export const errorsOf = ({ joins, closes, errors }: Pick<Report, "joins" | "closes" | "errors">): number =>
  [joins.failures, closes, errors]
    .flatMap((each) => Object.values(each))
    .reduce((total, each) => total + each, 0);
