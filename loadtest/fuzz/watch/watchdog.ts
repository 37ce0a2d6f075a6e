/**
 * Watches the server under test from inside and from this process, and records violations: an exit, a blocked event
 * loop, a hang, a disturbed honest player.
 */
import { EventEmitter, once } from "node:events";
import { readFile } from "node:fs/promises";
import type { HonestPair } from "./honestPair.ts";
import type { ServerProcess } from "./serverProcess.ts";
import type { Stall, WatchReport } from "./serverWatch.ts";

/** The bound on a stall of the event loop, in ms of its own CPU: time that the machine gives to others does not count. */
export const STALL_MAX_MS = 100;
/** Stalls before this time do not count: the server loads and compiles its code. */
export const WARM_UP_MS = 3000;
/** The server counts as hanging if it sends no report for this long while this process runs. */
const HANG_MS = 5000;
const LOOK_MS = 100;
/** Violations that are kept: the first one causes others. */
const VIOLATIONS_MAX = 5;
/** Clock ticks per second in Linux' /proc. */
const CPU_TICKS_PER_SEC = 100;

export interface Watchdog {
  /** Resolves with the first violation. */
  readonly barked: Promise<void>;
  /** In words and in order. */
  readonly violations: readonly string[];
  /** Resolves when the server has reported once more, has ended, or hangs: when every violation so far is known. */
  lastWord(): Promise<void>;
  /** Adds a violation that somebody else observed. */
  bark(violation: string): void;
  /** The stall with the most CPU, and the longest one. */
  readonly worst: { worked: Stall; waited: Stall };
  /** The utilization of the server's event loop in the last second, 0…1. */
  readonly utilization: number;
  readonly rssBytes: number;
  stop(): void;
}

const NO_STALL: Stall = { delayMs: 0, cpuMs: 0 };

export function watch(server: ServerProcess, honest: HonestPair, stallMaxMs = STALL_MAX_MS): Watchdog {
  const { promise: barked, resolve } = Promise.withResolvers<void>();
  const violations: string[] = [];
  const emitter = new EventEmitter();
  let watching = true;
  let last: WatchReport | undefined;
  const worst = { worked: NO_STALL, waited: NO_STALL };
  const bark = (what: string) => {
    if (!watching || violations.length >= VIOLATIONS_MAX) return;
    violations.push(what);
    resolve();
  };

  const hang = watchForHang(server.pid, (what) => {
    bark(what);
    emitter.emit("word");
  });
  const warmAt = performance.now() + WARM_UP_MS;
  server.onReport((report) => {
    last = report;
    hang.heard();
    emitter.emit("word");
    if (performance.now() < warmAt) return;
    for (const stall of report.stalls) {
      if (stall.cpuMs > worst.worked.cpuMs) worst.worked = stall;
      if (stall.delayMs > worst.waited.delayMs) worst.waited = stall;
      const blocked = Math.min(stall.cpuMs, stall.delayMs);
      if (blocked > stallMaxMs) bark(`the server's event loop was blocked: ${describeStall(stall)}`);
    }
  });
  void server.ended.then((how) => {
    bark(`${how}${lastWords(server.stderr())}`);
    emitter.emit("word");
  });
  honest.onDisturbed((what) => bark(`an honest player was disturbed: ${what}`));

  return {
    barked,
    bark,
    worst,
    violations,
    async lastWord() {
      await once(emitter, "word");
      // The messages of the honest pair may arrive a little after the report.
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    },
    get utilization() {
      return last?.utilization ?? 0;
    },
    get rssBytes() {
      return last?.rssBytes ?? 0;
    },
    stop() {
      watching = false;
      hang.stop();
    },
  };
}

export const describeStall = ({ delayMs, cpuMs }: Stall) =>
  `${delayMs.toFixed(0)} ms late, with ${cpuMs.toFixed(0)} ms of CPU`;

/** The line of stderr that names the exception. */
function lastWords(stderr: string): string {
  const lines = stderr.split("\n").filter(Boolean);
  const named = lines.findLast((line) => /^(Uncaught )?\w*Error\b/.test(line)) ?? lines.at(-1);
  return named ? `; its last words: ${named.trim()}` : "";
}

/** Does not count the time in which this process stood still itself and could not receive reports. */
function watchForHang(pid: number, bark: (what: string) => void) {
  let silentMs = 0;
  let lookedAt = performance.now();
  let cpuAtStart = cpuSeconds(pid);
  const timer = setInterval(async () => {
    const now = performance.now();
    silentMs += Math.min(now - lookedAt, 2 * LOOK_MS);
    lookedAt = now;
    if (silentMs < HANG_MS) return;
    clearInterval(timer);
    const usedSec = ((await cpuSeconds(pid)) ?? 0) - ((await cpuAtStart) ?? 0);
    const silence = `no report in ${(silentMs / 1000).toFixed(1)} s, ${usedSec.toFixed(1)} s of CPU used meanwhile`;
    bark(`the server hangs: ${silence}`);
  }, LOOK_MS);
  return {
    heard() {
      silentMs = 0;
      cpuAtStart = cpuSeconds(pid);
    },
    stop: () => clearInterval(timer),
  };
}

/** Undefined on systems without /proc. */
async function cpuSeconds(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The process name may contain anything, so fields are counted after its bracket: user and system time are 12 and 13.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields && (Number(fields[11]) + Number(fields[12])) / CPU_TICKS_PER_SEC;
}
