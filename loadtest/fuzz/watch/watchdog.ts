/**
 * Looks at the server under test from its own process and from this one, and tells the first thing that must not
 * happen: an exit, a blocked event loop, a hang, a disturbed honest player.
 */
import { EventEmitter, once } from "node:events";
import { readFile } from "node:fs/promises";
import type { HonestPair } from "./honestPair.ts";
import type { ServerProcess } from "./serverProcess.ts";
import type { Stall, WatchReport } from "./serverWatch.ts";

/** The bound on the event loop's delay, ms of its own CPU: what a busy machine takes from it is not the server's fault. */
export const STALL_MAX_MS = 100;
/** Loading and compiling are not what is tested. */
export const WARM_UP_MS = 3000;
/** A server that has said nothing for so long, while this process ran, hangs. */
const HANG_MS = 5000;
const LOOK_MS = 100;
/** One trouble has others in its train; so many of them are told. */
const VIOLATIONS_MAX = 5;
/** Linux' clock ticks a second, in /proc. */
const CPU_TICKS_PER_SEC = 100;

export interface Watchdog {
  /** Resolves with the first violation. */
  readonly barked: Promise<void>;
  /** In words, the first one first. */
  readonly violations: readonly string[];
  /** Resolves when the server has reported once more, has ended, or is known to hang: when there is no more to say. */
  lastWord(): Promise<void>;
  /** Told from outside: by those who see answers and closings. */
  bark(violation: string): void;
  /** The stall with the most CPU in it, and the longest whatever it was. */
  readonly worst: { worked: Stall; waited: Stall };
  /** Share of the time that the server's loop was busy in the last second. */
  readonly utilization: number;
  readonly rssBytes: number;
  stop(): void;
}

const NO_STALL: Stall = { delayMs: 0, cpuMs: 0 };

export function watch(server: ServerProcess, honest: HonestPair): Watchdog {
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
      if (blocked > STALL_MAX_MS) bark(`the server's event loop was blocked: ${describeStall(stall)}`);
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
      // What was put right before the report comes right after it.
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
  `${delayMs.toFixed(0)} ms late, ${cpuMs.toFixed(0)} ms of them at work`;

/** What a process says that dies of an exception: the line that names it. */
function lastWords(stderr: string): string {
  const lines = stderr.split("\n").filter(Boolean);
  const named = lines.findLast((line) => /^(Uncaught )?\w*Error\b/.test(line)) ?? lines.at(-1);
  return named ? `; its last words: ${named.trim()}` : "";
}

/** Time in which this process stood still itself is not counted: then it could not hear. */
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
    const burnt = ((await cpuSeconds(pid)) ?? 0) - ((await cpuAtStart) ?? 0);
    const silence = `not a word in ${(silentMs / 1000).toFixed(1)} s, ${burnt.toFixed(1)} s of CPU burnt in them`;
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

/** Undefined where there is no /proc. */
async function cpuSeconds(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The name may hold anything: fields are counted from behind its bracket; user and system time are the 12th and 13th.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields && (Number(fields[11]) + Number(fields[12])) / CPU_TICKS_PER_SEC;
}
