/** What was recorded → a report, with its verdicts. */
import { availableParallelism, cpus, totalmem } from "node:os";
import type { LoadOptions } from "#loadtest/load/options.ts";
import type { Found } from "#loadtest/load/run.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { type Bar, barsOf, barsOfBuckets } from "./bars.ts";
import { type Recorder, timesOf } from "./recorder.ts";
import type { Report } from "./report.ts";
import { METRIC, serverFigures } from "./serverFigures.ts";
import { judge } from "./thresholds.ts";

/** A thread that is busier than this has no time for what comes unevenly. */
const BUSY_MAX = 0.85;
/** Half a patch: what is measured in patches is wrong by that much. */
const LATE_P99_MAX_MS = 25;
/** Of the commands that players would have sent. */
const SENT_MIN = 0.95;

export function makeReport(options: LoadOptions, found: Found, command: string): Report {
  const { recorder, notes, rooms, skipped, startedAt, endpoint } = found;
  const { counts, times, clientSec, measuredSec } = recorder;
  const span = recorder.serverSpan;
  const playedSec = counts.playedMs / 1000;
  const perClientSec = (amount: number) => (clientSec > 0 ? amount / clientSec : 0);
  const generator = {
    threads: options.threads,
    busy: recorder.busiest,
    cpu: recorder.cpu,
    lateP99: timesOf(times.late).p99,
    commandsSent: playedSec > 0 ? Math.min(1, counts.commands / playedSec / TICKS_PER_SEC) : 1,
  };
  const figures = {
    joins: { ...timesOf(times.join), failures: recorder.joinFailures },
    closes: recorder.closes,
    errors: recorder.errors,
    serverFigures: span && serverFigures(span, recorder.levels, recorder.idle),
  };
  return {
    ...{
      command,
      scenario: options.scenario,
      startedAt: startedAt.toISOString(),
      machine: describeMachine(),
    },
    server: options.endpoint ?? `${endpoint}, started for this run on the same machine`,
    measuredSec,
    clients: {
      ...{
        asked: options.clients,
        kind: options.light ? "light" : "full",
        most: recorder.mostConnected,
        rooms,
      },
    },
    ...figures,
    returns: timesOf(times.return),
    commands: { total: counts.commands, perPlayerSec: playedSec > 0 ? counts.commands / playedSec : 0 },
    down: {
      patchesPerClientSec: perClientSec(counts.patches),
      bytesPerClientSec: perClientSec(counts.downBytes),
      messagesPerClientSec: perClientSec(counts.messages),
      patchGap: timesOf(times.patchGap),
    },
    up: { bytesPerClientSec: perClientSec(counts.upBytes) },
    ack: timesOf(times.ack),
    answers: timesOf(times.answer),
    corrections: options.light ? undefined : correctionsOf(recorder),
    generator,
    invalid: skipped === undefined ? whyInvalid(generator) : [],
    ...{ notes, skipped },
    verdicts: skipped === undefined ? judge(figures, options) : [],
    rows: recorder.rows,
    distributions: distributionsOf(recorder),
  };
}

function correctionsOf({ counts }: Recorder): Report["corrections"] {
  const { corrections, correctedPx, largestCorrectionPx, playedMs } = counts;
  return {
    count: corrections,
    perPlayerMin: playedMs > 0 ? corrections / (playedMs / 60_000) : 0,
    meanPx: corrections > 0 ? correctedPx / corrections : 0,
    largestPx: largestCorrectionPx,
  };
}

/** The generator is part of what is measured: when it has no time, everything it sees is late. */
export function whyInvalid({
  busy,
  lateP99,
  commandsSent,
}: Omit<Report["generator"], "threads" | "cpu">): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  return [
    busy > BUSY_MAX && `a thread of the generator was busy for ${percent(busy)} of the time`,
    lateP99 > LATE_P99_MAX_MS && `a thread of the generator was late by ${lateP99.toFixed(0)} ms (p99)`,
    commandsSent < SENT_MIN && `only ${percent(commandsSent)} of the commands that were due were sent`,
  ].filter((reason) => reason !== false);
}

function distributionsOf(recorder: Recorder): Record<string, Bar[]> {
  const { times, serverSpan } = recorder;
  const buckets = (name: string) => (serverSpan ? barsOfBuckets(serverSpan.buckets(name)) : []);
  return {
    join: barsOf(times.join),
    patchGap: barsOf(times.patchGap),
    ack: barsOf(times.ack),
    return: barsOf(times.return),
    answer: barsOf(times.answer),
    tick: buckets(METRIC.tick),
    patch: buckets(METRIC.patch),
    loop: buckets(METRIC.loop),
    gc: buckets(METRIC.gc),
  };
}

function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? "a processor that does not say what it is";
  const memoryGb = (totalmem() / 1024 ** 3).toFixed(0);
  return `${availableParallelism()} × ${model}, ${memoryGb} GB, Node ${process.versions.node}, ${process.platform}`;
}
