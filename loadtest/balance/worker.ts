/** A worker thread that plays the jobs it is sent and answers with the results. */
import { parentPort } from "node:worker_threads";
import { type Job, play } from "./plan.ts";

parentPort?.on("message", (job: Job) => parentPort?.postMessage(play(job)));
