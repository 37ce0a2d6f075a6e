/** Plays all jobs, in this thread or in several worker threads. */
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Played } from "./figures.ts";
import { type Job, play } from "./plan.ts";

export interface Progress {
  /** Called after each match with the number of matches played so far. */
  readonly onPlayed: (done: number) => void;
  /** No match begins after an abort; those under way are finished. */
  readonly stop: AbortSignal;
}

/** The results are in the order of the jobs. */
export async function playAll(jobs: readonly Job[], workers: number, progress: Progress): Promise<Played[]> {
  if (workers > 1) return playInWorkers(jobs, workers, progress);
  const played: Played[] = [];
  for (const job of jobs) {
    // Yields to the event loop, or no signal would be handled before the end.
    await setImmediate();
    if (progress.stop.aborted) break;
    played.push(play(job));
    progress.onPlayed(played.length);
  }
  return played;
}

async function playInWorkers(
  jobs: readonly Job[],
  workers: number,
  { onPlayed, stop }: Progress,
): Promise<Played[]> {
  const played: Played[] = [];
  let next = 0;
  let done = 0;
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url));
      let index = -1;
      const playNext = () => {
        index = next++;
        const job = stop.aborted ? undefined : jobs[index];
        if (job) worker.postMessage(job);
        else worker.terminate().then(() => resolve(), reject);
      };
      worker.on("message", (result: Played) => {
        played[index] = result;
        onPlayed(++done);
        playNext();
      });
      worker.on("error", reject);
      playNext();
    });
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
  // A run that is stopped early has gaps where a later match ended before an earlier one.
  return played.filter((match) => match !== undefined);
}
