/** Runs one load test: a server, a crowd of bots, a scenario, and a sample of both every second. */

import { PATCHES_PER_SEC } from "#shared/config.ts";
import { mean } from "#shared/figures/stats.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { Crowd } from "./bots/crowd.ts";
import { count } from "./bots/tally.ts";
import type { LoadOptions } from "./options.ts";
import { Recorder } from "./report/recorder.ts";
import type { Row } from "./report/report.ts";
import { heldShare, METRIC } from "./report/serverFigures.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import type { Recent, Scenario, Stage } from "./scenarios/scenario.ts";
import { createServerProbe, type ServerProbe } from "./serverProbe.ts";
import { openTarget } from "./target.ts";

const SAMPLE_MS = 1000;

export interface Found {
  readonly recorder: Recorder;
  readonly notes: readonly string[];
  readonly rooms: number;
  readonly startedAt: Date;
  /** The server's origin. */
  readonly endpoint: string;
}

/** Calls `onRow` every second. An abort ends the run early; what was recorded until then is returned. */
export async function runLoadTest(
  options: LoadOptions,
  signal: AbortSignal,
  onRow: (row: Row) => void = () => {},
): Promise<Found> {
  const scenario: Scenario = SCENARIOS[options.scenario];
  const startedAt = new Date();
  const target = await openTarget(options.endpoint, options.clients, scenario.placesFor(options.clients));
  const failure = Promise.withResolvers<never>();
  // It is awaited in the races below; until then a rejection must not end the process.
  failure.promise.catch(() => {});
  void target.ended.then((how) => failure.reject(new Error(how)));
  let crowd: Crowd | undefined;
  try {
    const { endpoint, botToken: token } = target;
    const { seed, skill, network } = options;
    crowd = await Crowd.gather({ endpoint, token, seed, skill, network }, options.threads, failure.reject);
    const recorder = new Recorder();
    const probe = createServerProbe(endpoint, target.metricsToken);
    const sampling = sampleEachSecond(recorder, crowd, probe, onRow);
    const notes: string[] = [];
    const playing = scenario.play(createStage(options, crowd, recorder, notes, signal));
    await Promise.race([playing, failure.promise]).finally(() => sampling.stop());
    await Promise.race([sampling.ended, failure.promise]);
    if (crowd.away > 0) count(recorder.errors, "not reconnected at the end", crowd.away);
    return { recorder, notes, rooms: crowd.rooms.size, startedAt, endpoint };
  } finally {
    await crowd?.disperse();
    await target.stop();
  }
}

/** `ended` resolves after the last sample, which follows `stop`. */
function sampleEachSecond(recorder: Recorder, crowd: Crowd, probe: ServerProbe, onRow: (row: Row) => void) {
  const end = new AbortController();
  const sample = async () => {
    const [samples, reading] = await Promise.all([crowd.sample(), probe.read()]);
    onRow(recorder.add(samples, reading));
  };
  const loop = async () => {
    let dueAt = performance.now();
    while (!end.signal.aborted) {
      await sample();
      dueAt = Math.max(dueAt + SAMPLE_MS, performance.now());
      await waitFor(dueAt - performance.now(), end.signal);
    }
    await sample();
  };
  return { ended: loop(), stop: () => end.abort() };
}

function createStage(
  options: LoadOptions,
  crowd: Crowd,
  recorder: Recorder,
  notes: string[],
  signal: AbortSignal,
): Stage {
  const { clients, roomSize, light, durationSec, rampSec, seed } = options;
  return {
    crowd,
    clients,
    roomSize,
    light,
    durationMs: durationSec * 1000,
    rampMs: rampSec * 1000,
    random: seededRandom(seed),
    begin: () => recorder.begin(),
    note: (text) => void notes.push(text),
    wait: (ms) => waitFor(ms, signal),
    get isOver() {
      return signal.aborted;
    },
    recently: (ms) => recentOf(recorder, ms),
  };
}

function recentOf(recorder: Recorder, ms: number): Recent {
  const span = recorder.recentSpan(ms);
  const workSec = span?.quantile(METRIC.work, 0.99);
  const rows = recorder.rows.slice(-Math.max(1, Math.floor(ms / SAMPLE_MS)));
  const patches = mean(rows.map(({ patchesPerClient = 0 }) => patchesPerClient));
  return {
    ticksHeld: span && heldShare(span),
    patchesHeld: Math.min(1, patches / PATCHES_PER_SEC),
    workP99Ms: workSec === undefined ? undefined : workSec * 1000,
  };
}

/** Resolves early on an abort. */
function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, ms));
    signal.addEventListener("abort", done);
  });
}
