/** What a load test found, as it is written to JSON. Times are in ms. */
import type { Frequencies } from "#loadtest/load/bots/tally.ts";
import type { Bar } from "./bars.ts";
import type { Verdict } from "./thresholds.ts";

export interface Times {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** One second of the run. Undefined is what nobody knows of it. */
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
  /** Of the busiest of the generator's threads, 0…1. */
  readonly generatorBusy: number;
  readonly generatorLateP99: number | undefined;
  readonly server: ServerRow | undefined;
}

export interface ServerRow {
  readonly tickP50: number | undefined;
  readonly tickP99: number | undefined;
  readonly patchP50: number | undefined;
  readonly patchP99: number | undefined;
  readonly ticksHeld: number | undefined;
  readonly loopP99: number | undefined;
  /** Share of one core. */
  readonly cpu: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly gcMs: number;
  readonly queuedKb: number;
}

export interface ServerFigures {
  readonly tick: Times | undefined;
  readonly patch: Times | undefined;
  /** A patch and the tick before it. */
  readonly work: Times | undefined;
  readonly ticksDue: number;
  readonly ticksHeld: number;
  /** A second, in a room that is never late: what players feel is this. */
  readonly tickRate: number;
  readonly loop: Times | undefined;
  readonly cpuUser: number;
  readonly cpuSystem: number;
  /** Before anybody came, if the server was started for the run. */
  readonly rssMbIdle: number;
  readonly rssMbLast: number;
  readonly rssMbMost: number;
  /** The least of the first third, and of the last: what is kept, and not what waits to be collected. */
  readonly heapMbKept: readonly [number, number];
  readonly gc: Times | undefined;
  readonly gcShare: number;
  readonly queuedKbMost: number;
}

export interface Report {
  readonly command: string;
  readonly scenario: string;
  readonly startedAt: string;
  readonly machine: string;
  readonly server: string;
  /** How long was measured, after everybody had come. */
  readonly measuredSec: number;
  readonly clients: {
    readonly asked: number;
    readonly kind: "full" | "light";
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
  /** Of light clients nobody knows. */
  readonly corrections:
    | {
        readonly count: number;
        readonly perPlayerMin: number;
        readonly meanPx: number;
        readonly largestPx: number;
      }
    | undefined;
  /** By close code; those that we wanted are not among them. */
  readonly closes: Frequencies;
  readonly errors: Frequencies;
  readonly serverFigures: ServerFigures | undefined;
  readonly generator: {
    readonly threads: number;
    /** Of the busiest thread: how much of its time it worked or was kept waiting, and its share of a core. */
    readonly busy: number;
    readonly cpu: number;
    readonly lateP99: number;
    /** Of the commands that should have been sent, 0…1. */
    readonly commandsSent: number;
  };
  /** Why the figures say more of the generator than of the server; empty when they do not. */
  readonly invalid: readonly string[];
  /** What the scenario itself found. */
  readonly notes: readonly string[];
  /** Why there was nothing to measure. */
  readonly skipped: string | undefined;
  readonly verdicts: readonly Verdict[];
  readonly rows: readonly Row[];
  readonly distributions: Readonly<Record<string, readonly Bar[]>>;
}

/** Failed joins, connections that ended, errors that the SDK told of, and those who did not come back. */
export const errorsOf = ({ joins, closes, errors }: Pick<Report, "joins" | "closes" | "errors">): number =>
  [joins.failures, closes, errors]
    .flatMap((each) => Object.values(each))
    .reduce((sum, each) => sum + each, 0);
