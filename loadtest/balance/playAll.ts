/** Plays all jobs: in this thread, or shared out to several. */
import { Worker } from "node:worker_threads";
import type { Played } from "./figures.ts";
import { type Job, play } from "./plan.ts";

/** `onPlayed` is told after each match how many are done. The results come in the order of the jobs. */
export async function playAll(
  jobs: readonly Job[],
  workers: number,
  onPlayed: (done: number) => void,
): Promise<Played[]> {
  if (workers > 1) return shareOut(jobs, workers, onPlayed);
  const played: Played[] = [];
  for (const job of jobs) {
    played.push(play(job));
    onPlayed(played.length);
  }
  return played;
}

async function shareOut(
  jobs: readonly Job[],
  workers: number,
  onPlayed: (done: number) => void,
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
        const job = jobs[index];
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
  return played;
}
