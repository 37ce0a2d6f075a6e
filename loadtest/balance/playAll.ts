/** Plays all jobs: in this thread, or shared out to several. */
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Played } from "./figures.ts";
import { type Job, play } from "./plan.ts";

export interface Progress {
  /** Told after each match how many are done. */
  readonly onPlayed: (done: number) => void;
  /** No match is begun after it. */
  readonly stop: AbortSignal;
}

/** The results come in the order of the jobs. */
export async function playAll(jobs: readonly Job[], workers: number, progress: Progress): Promise<Played[]> {
  if (workers > 1) return shareOut(jobs, workers, progress);
  const played: Played[] = [];
  for (const job of jobs) {
    // A signal is heard between two matches.
    await setImmediate();
    if (progress.stop.aborted) break;
    played.push(play(job));
    progress.onPlayed(played.length);
  }
  return played;
}

async function shareOut(
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
      const handOut = () => {
        index = next++;
        const job = stop.aborted ? undefined : jobs[index];
        if (job) worker.postMessage(job);
        else worker.terminate().then(() => resolve(), reject);
      };
      worker.on("message", (result: Played) => {
        played[index] = result;
        onPlayed(++done);
        handOut();
      });
      worker.on("error", reject);
      handOut();
    });
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
  // Stopped early there may be gaps: a later match that was over before an earlier one.
  return played.filter((one) => one !== undefined);
}
