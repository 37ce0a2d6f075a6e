/** One load test from start to end: a server, a crowd, a scenario, and each second a look at both. */

import { createServerProbe, type ServerProbe } from "./serverProbe.ts";
import { PATCHES_PER_SEC } from "#shared/config.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { Crowd } from "./bots/crowd.ts";
import { count } from "./bots/tally.ts";
import type { LoadOptions } from "./options.ts";
import { Recorder } from "./report/recorder.ts";
import type { Row } from "./report/report.ts";
import { heldShare, METRIC } from "./report/serverFigures.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import { type Recent, type Scenario, Skipped, type Stage } from "./scenarios/scenario.ts";
import { openTarget } from "./target.ts";

const SAMPLE_MS = 1000;

export interface Found {
  readonly recorder: Recorder;
  readonly notes: readonly string[];
  readonly rooms: number;
  readonly skipped: string | undefined;
  readonly startedAt: Date;
  /** Where the server was. */
  readonly endpoint: string;
}

/** `onRow` is told each second what was seen. `signal` ends the run early, with what there is. */
export async function runLoadTest(
  options: LoadOptions,
  signal: AbortSignal,
  onRow: (row: Row) => void = () => {},
): Promise<Found> {
  const scenario: Scenario = SCENARIOS[options.scenario];
  const startedAt = new Date();
  const target = await openTarget(options.endpoint, options.clients, scenario.placesFor(options.clients));
  const failure = Promise.withResolvers<never>();
  // Whoever waits for it hears of it.
  failure.promise.catch(() => {});
  void target.ended.then((how) => failure.reject(new Error(how)));
  let crowd: Crowd | undefined;
  try {
    const { endpoint, botToken: token } = target;
    const { seed, skill, network } = options;
    crowd = await Crowd.gather({ endpoint, token, seed, skill, network }, options.threads, failure.reject);
    const recorder = new Recorder();
    const probe = createServerProbe(endpoint, target.metricsToken);
    const looking = lookEachSecond(recorder, crowd, probe, onRow);
    const notes: string[] = [];
    const playing = play(scenario, createStage(options, crowd, recorder, notes, signal));
    const skipped = await Promise.race([playing, failure.promise]).finally(() => looking.stop());
    await Promise.race([looking.last, failure.promise]);
    if (crowd.away > 0) count(recorder.errors, "dropped, and not back at the end", crowd.away);
    return { recorder, notes, rooms: crowd.rooms.size, skipped, startedAt, endpoint };
  } finally {
    await crowd?.disperse();
    await target.stop();
  }
}

/** Returns why there was nothing to measure, if there was nothing. */
async function play(scenario: Scenario, stage: Stage): Promise<string | undefined> {
  try {
    await scenario.play(stage);
    return undefined;
  } catch (error) {
    if (error instanceof Skipped) return error.message;
    throw error;
  }
}

/** `last` resolves after the look that follows `stop`. */
function lookEachSecond(recorder: Recorder, crowd: Crowd, probe: ServerProbe, onRow: (row: Row) => void) {
  const end = new AbortController();
  const look = async () => {
    const [samples, reading] = await Promise.all([crowd.sample(), probe.read()]);
    onRow(recorder.add(samples, reading));
  };
  const lookOn = async () => {
    let dueAt = performance.now();
    while (!end.signal.aborted) {
      await look();
      dueAt = Math.max(dueAt + SAMPLE_MS, performance.now());
      await waitFor(dueAt - performance.now(), end.signal);
    }
    await look();
  };
  return { last: lookOn(), stop: () => end.abort() };
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
    ...{ crowd, clients, roomSize, light, durationMs: durationSec * 1000, rampMs: rampSec * 1000 },
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
  const held = span && heldShare(span);
  const workSec = span?.quantile(METRIC.work, 0.99);
  const rows = recorder.rows.slice(-Math.max(1, Math.floor(ms / SAMPLE_MS)));
  const patches = rows.reduce((sum, { patchesPerClient = 0 }) => sum + patchesPerClient, 0) / rows.length;
  return {
    held: held ?? Math.min(1, patches / PATCHES_PER_SEC),
    workP99Ms: workSec === undefined ? undefined : workSec * 1000,
  };
}

/** Returns early when it is aborted. */
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
