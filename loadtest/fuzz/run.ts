/** One fuzz run: starts a server and an honest pair, replays the corpus, then attacks seed by seed. */
import { join } from "node:path";
import { REPORTS_FOLDER } from "#loadtest/lib/reports.ts";
import { type IdentityAnswer, ROUTE } from "#shared/protocol/http.ts";
import { keepFailedRooms } from "#shared/testing/failedRooms.ts";
import { attack } from "./attack.ts";
import type { Run, RunResult } from "./context.ts";
import { type CorpusEntry, readCorpus, saveRegression } from "./corpus.ts";
import type { FuzzOptions } from "./options.ts";
import { Pace } from "./pace.ts";
import { replay } from "./replay.ts";
import { ParallelRequests } from "./sendRequests.ts";
import { type Suspect, Suspects } from "./suspects.ts";
import { Tally } from "./tally.ts";
import { type HonestPair, startHonestPair } from "./watch/honestPair.ts";
import { memoryGrowth } from "./watch/memoryGrowth.ts";
import { type ServerProcess, startServer } from "./watch/serverProcess.ts";
import type { MemoryReport } from "./watch/serverWatch.ts";
import { STALL_MAX_MS, WARM_UP_MS, watch } from "./watch/watchdog.ts";

/** After this share of the frames the server's code is compiled, and the baseline of its memory is taken. */
const WARM_UP_SHARE = 0.1;
const WARM_UP_FRAMES_MAX = 20_000;

interface RunSettings {
  onStart?(run: Run): void;
  corpus?: readonly CorpusEntry[];
  /** CPU time for which one frame or request may block the server's event loop. */
  stallMaxMs?: number;
}

/**
 * Calls `onStart` with what a progress report reads. An abort ends the run as a violation. `stallMaxMs` bounds the CPU
 * that the server's event loop may use without a turn. Ends all processes before it returns.
 */
export async function runFuzz(
  options: FuzzOptions,
  signal: AbortSignal,
  { onStart = () => {}, corpus = readCorpus(), stallMaxMs = STALL_MAX_MS }: RunSettings = {},
): Promise<RunResult> {
  // A proxy on this machine brings clients of many networks.
  const server = await startServer({ TRUSTED_PROXIES: "127.0.0.1" });
  let honest: HonestPair | undefined;
  try {
    honest = await startHonestPair(server.origin, server.botToken);
    const guest = await newIdentity(server.origin);
    const run = createRun(server, honest, guest, stallMaxMs);
    onAbort(signal, () => {
      run.suspects.convict();
      run.watchdog.bark("interrupted");
    });
    onStart(run);
    await wait(WARM_UP_MS);
    const corpusEntries = await replayCorpus(run, corpus);
    const memory = options.corpusOnly ? undefined : await attackBySeeds(options, run);
    await Promise.race([run.watchdog.lastWord(), server.ended]);
    for (const command of keepFailedRooms(server.dataDir, join(REPORTS_FOLDER, "incidents"))) {
      run.suspects.convict();
      run.watchdog.bark(`a room failed: ${command}`);
    }
    run.watchdog.stop();
    return { ...run, corpusEntries, memory, violation: describeViolation(run) };
  } finally {
    await honest?.stop();
    await server.stop();
  }
}

function onAbort(signal: AbortSignal, stop: () => void): void {
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
}

function createRun(server: ServerProcess, honest: HonestPair, guest: string, stallMaxMs: number): Run {
  const { host, port, origin, botToken } = server;
  const watchdog = watch(server, honest, stallMaxMs);
  const suspects = new Suspects();
  void watchdog.barked.then(() => suspects.freeze());
  const pace = new Pace();
  server.onReport(({ utilization }) => pace.adapt(utilization));
  return {
    server,
    honest,
    pace,
    watchdog,
    tally: new Tally(),
    suspects,
    target: { host: `${host}:${port}`, origin, token: botToken, room: honest.room, guest },
  };
}

/** Returns its token. */
async function newIdentity(origin: string): Promise<string> {
  const answer = await fetch(origin + ROUTE.identity, { method: "POST", headers: { origin } });
  const { token } = (await answer.json()) as IdentityAnswer;
  return token;
}

/** Returns the number of entries replayed. */
async function replayCorpus(
  { watchdog, suspects, server, target }: Run,
  corpus: readonly CorpusEntry[],
): Promise<number> {
  let replayed = 0;
  for (const entry of corpus) {
    if (watchdog.violations.length > 0) break;
    const done = suspects.note({ name: entry.file });
    const played = replay(entry, server, target).catch((error: Error) => `${entry.file}: ${error.message}`);
    const wrong = await Promise.race([played, watchdog.barked.then(() => undefined)]);
    done();
    if (wrong !== undefined) watchdog.bark(wrong);
    replayed++;
  }
  return replayed;
}

async function attackBySeeds({ frames, seed, seeds }: FuzzOptions, run: Run): Promise<RunResult["memory"]> {
  const address = { host: run.server.host, port: run.server.port };
  const requests = new ParallelRequests();
  const warmUpFrames = Math.min(WARM_UP_FRAMES_MAX, Math.ceil(frames * WARM_UP_SHARE));
  let before: MemoryReport | undefined;
  for (let nth = 0; nth < seeds && run.watchdog.violations.length === 0; nth++) {
    const options = { ...run, address, requests, seed: seed + nth };
    let from = 0;
    if (!before) {
      from = await attack({ ...options, from, untilFrames: warmUpFrames });
      before = await measure(run);
    }
    await attack({ ...options, from, untilFrames: Math.round((frames * (nth + 1)) / seeds) });
  }
  await requests.settled();
  const after = await measure(run);
  if (!before || !after) return undefined;
  const growth = memoryGrowth(before, after);
  if (growth.isTooMuch) {
    run.suspects.convict();
    run.watchdog.bark(`the server's memory grew: ${growth.text}`);
  }
  return { before, after };
}

/** Undefined after a violation, when the server may not answer any more. */
const measure = async ({ server, watchdog }: Run): Promise<MemoryReport | undefined> =>
  watchdog.violations.length === 0
    ? Promise.race([server.measureMemory(), watchdog.barked.then(() => undefined)])
    : undefined;

function describeViolation({ watchdog, tally, suspects }: Run): RunResult["violation"] {
  const violation = watchdog.violations.join("; and ");
  if (!violation) return undefined;
  const list = suspects.list();
  const seeds = [...new Set(list.flatMap(({ seed }) => seed ?? []))];
  const found = `seed ${seeds.join(" and ")}, frame ${tally.frames.total}`;
  return {
    what: `${violation}; after ${tally.frames.total} frames${nameSome(list)}`,
    savedAs: saveRegression(violation, found, list),
  };
}

const SHOWN = 4;
function nameSome(list: readonly Suspect[]): string {
  if (list.length === 0) return "";
  const names = list.slice(-SHOWN).map(({ name }) => name);
  return `, by one of ${list.length}: ${names.join(", ")}${list.length > SHOWN ? ", …" : ""}`;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
