/**
 * Preloaded into the server under test (`node --import`): reports its event loop, CPU and memory to the fuzzer once a
 * second, and ends the server when the fuzzer is gone.
 */
import { monitorEventLoopDelay, performance } from "node:perf_hooks";

export interface Stall {
  /** How late the loop was. */
  delayMs: number;
  /** CPU that its thread used meanwhile: a loop that was not scheduled used none. */
  cpuMs: number;
}

export interface WatchReport {
  kind: "report";
  /** Stalls over LONG_STALL_MS since the last report. */
  stalls: Stall[];
  /** Of the event loop, 0…1. */
  utilization: number;
  loopP99Ms: number;
  rssBytes: number;
}

/** The memory after two forced garbage collections. */
export interface MemoryReport {
  kind: "memory";
  heapBytes: number;
  /** Buffers and other memory outside the heap. */
  externalBytes: number;
  rssBytes: number;
}

/** The CPU time of all threads so far: garbage collection and file access included. */
export interface CpuReport {
  kind: "cpu";
  us: number;
}

export type FromServer = WatchReport | MemoryReport | CpuReport;

const LOOK_MS = 10;
const LONG_STALL_MS = 50;
const REPORT_MS = 1000;

const histogram = monitorEventLoopDelay({ resolution: 10 });
histogram.enable();
let stalls: Stall[] = [];
let lookedAt = performance.now();
let cpu = process.threadCpuUsage();
let utilization = performance.eventLoopUtilization();

function look(): void {
  const now = performance.now();
  const used = process.threadCpuUsage(cpu);
  const delayMs = now - lookedAt - LOOK_MS;
  if (delayMs > LONG_STALL_MS) stalls.push({ delayMs, cpuMs: (used.user + used.system) / 1000 });
  restart();
}

function restart(): void {
  lookedAt = performance.now();
  cpu = process.threadCpuUsage();
}

function report(): void {
  const current = performance.eventLoopUtilization();
  send({
    kind: "report",
    stalls,
    utilization: performance.eventLoopUtilization(current, utilization).utilization,
    loopP99Ms: Math.max(0, histogram.percentile(99) / 1e6 - LOOK_MS),
    rssBytes: process.memoryUsage.rss(),
  });
  utilization = current;
  stalls = [];
  histogram.reset();
}

function measureMemory(): void {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  send({ kind: "memory", heapBytes: heapUsed, externalBytes: external, rssBytes: rss });
  // The forced collection is no stall of the server.
  restart();
}

function measureCpu(): void {
  const { user, system } = process.cpuUsage();
  send({ kind: "cpu", us: user + system });
}

const send = (message: FromServer) => process.send?.(message);

setInterval(look, LOOK_MS).unref();
setInterval(report, REPORT_MS).unref();
process.on("message", (what) => {
  if (what === "memory") measureMemory();
  if (what === "cpu") measureCpu();
});
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
