/** A thread that plays what it is handed. */
import { parentPort } from "node:worker_threads";
import { type Job, play } from "./plan.ts";

parentPort?.on("message", (job: Job) => parentPort?.postMessage(play(job)));
