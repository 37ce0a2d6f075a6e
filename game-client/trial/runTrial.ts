/** Plays a trial's matches in web workers, so that the page goes on drawing. */
import type { Arena } from "#shared/arena/arena.ts";
import type { TrialMatch } from "#shared/trial/plan.ts";
import type { Trial } from "#shared/trial/trial.ts";
import type { TrialOrder } from "./trial.worker.ts";

/** One core stays free for the page and its scene. */
const workersFor = (cores: number) => Math.max(2, Math.min(cores - 1, 4));

interface TrialWatch {
  /** Called after each match, with its index. */
  readonly onPlayed: (index: number, trial: Trial) => void;
  /** Ends the workers at once; the promise then resolves. */
  readonly signal: AbortSignal;
}

/** Resolves after the last match. Rejects when a worker cannot start or throws. */
export async function runTrial(
  arena: Arena,
  matches: readonly TrialMatch[],
  { onPlayed, signal }: TrialWatch,
): Promise<void> {
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const waiting = [...matches.entries()];
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL("./trial.worker.ts", import.meta.url), { type: "module" });
      const order = (sent: TrialOrder) => worker.postMessage(sent);
      let index = -1;
      const finish = () => {
        worker.terminate();
        resolve();
      };
      const playNext = () => {
        const next = waiting.shift();
        if (!next || stop.aborted) return finish();
        index = next[0];
        order({ match: next[1] });
      };
      stop.addEventListener("abort", finish);
      worker.addEventListener("error", (event) => reject(new Error(event.message || "the worker failed")));
      worker.addEventListener("message", ({ data }: MessageEvent<Trial>) => {
        if (stop.aborted) return;
        onPlayed(index, data);
        playNext();
      });
      order({ arena });
      playNext();
    });
  const workers = Math.min(workersFor(navigator.hardwareConcurrency), matches.length);
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    ended.abort();
  }
}
