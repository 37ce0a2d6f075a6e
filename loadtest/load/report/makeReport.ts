/** Makes the report of a run from what was recorded. */
import { describeMachine, readMachine } from "#loadtest/lib/machine.ts";
import type { LoadOptions } from "#loadtest/load/options.ts";
import type { Found } from "#loadtest/load/run.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { type Bar, barsOf, barsOfBuckets } from "./bars.ts";
import { type Recorder, timesOf } from "./recorder.ts";
import type { Report } from "./report.ts";
import { METRIC, serverFigures } from "./serverFigures.ts";
import { judge } from "./thresholds.ts";

/** A generator thread that is busier than this delays bursts of work. */
const BUSY_MAX = 0.85;
/** Half a patch interval: later than this, times between patches are wrong by as much. */
const LATE_P99_MAX_MS = 25;
/** The least share of the commands due that must be sent. */
const SENT_MIN = 0.95;

export function makeReport(options: LoadOptions, found: Found, command: string): Report {
  const { recorder, notes, rooms, startedAt, endpoint } = found;
  const { times } = recorder;
  const span = recorder.serverSpan;
  const generator = generatorOf(options, recorder);
  const judged = {
    clients: {
      asked: options.clients,
      kind: options.light ? "light" : "full",
      most: recorder.mostConnected,
      rooms,
    } as const,
    ...trafficOf(recorder),
    joins: { ...timesOf(times.join), failures: recorder.joinFailures },
    closes: recorder.closes,
    errors: recorder.errors,
    serverFigures: span && serverFigures(span, recorder.levels, recorder.idle),
  };
  return {
    command,
    scenario: options.scenario,
    startedAt: startedAt.toISOString(),
    machine: describeMachine(readMachine()),
    server: options.endpoint ?? `${endpoint}, started for this run on the same machine`,
    measuredSec: recorder.measuredSec,
    ...judged,
    returns: timesOf(times.return),
    ack: timesOf(times.ack),
    answers: timesOf(times.answer),
    corrections: options.light ? undefined : correctionsOf(recorder),
    generator,
    invalid: whyInvalid(generator),
    notes,
    verdicts: judge(judged, options),
    rows: recorder.rows,
    distributions: distributionsOf(recorder),
  };
}

function generatorOf(
  { threads }: LoadOptions,
  { counts, times, busiest, cpu }: Recorder,
): Report["generator"] {
  const commandsDue = (counts.playedMs / 1000) * TICKS_PER_SEC;
  return {
    threads,
    busy: busiest,
    cpu,
    lateP99: timesOf(times.late).p99,
    commandsSent: commandsDue > 0 ? Math.min(1, counts.commands / commandsDue) : 1,
  };
}

function trafficOf({ counts, times, clientSec }: Recorder): Pick<Report, "commands" | "down" | "up"> {
  const playedSec = counts.playedMs / 1000;
  const perClientSec = (amount: number) => (clientSec > 0 ? amount / clientSec : 0);
  return {
    commands: { total: counts.commands, perPlayerSec: playedSec > 0 ? counts.commands / playedSec : 0 },
    down: {
      patchesPerClientSec: perClientSec(counts.patches),
      bytesPerClientSec: perClientSec(counts.downBytes),
      messagesPerClientSec: perClientSec(counts.messages),
      patchGap: timesOf(times.patchGap),
    },
    up: { bytesPerClientSec: perClientSec(counts.upBytes) },
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

/** The generator is a part of what is measured: if it is late, so is everything that it observes. */
export function whyInvalid({
  busy,
  lateP99,
  commandsSent,
}: Omit<Report["generator"], "threads" | "cpu">): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  return [
    busy > BUSY_MAX && `a thread of the generator was busy for ${percent(busy)} of the time`,
    lateP99 > LATE_P99_MAX_MS && `a thread of the generator was late by ${lateP99.toFixed(0)} ms (p99)`,
    commandsSent < SENT_MIN && `only ${percent(commandsSent)} of the commands due were sent`,
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
