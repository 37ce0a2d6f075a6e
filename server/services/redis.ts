/**
 * Connects to the Redis that processes share, and watches it: whether it takes writes, and whether another process uses
 * it. Each change is logged once.
 */
import { randomUUID } from "node:crypto";
import { Redis, ReplyError } from "ioredis";
import { log } from "#server/log.ts";
import { exposeGauge } from "./metrics.ts";

/** Short, because players wait for the answer. */
const ANSWERS_WITHIN_MS = 500;
const WATCH_EVERY_MS = 5_000;
/** Holds the id of the process that wrote last. */
const LAST_WRITER = "fracas:process";

/** "up", "down", or the error code with which Redis refuses writes: READONLY, OOM, MISCONF, LOADING, NOAUTH, … */
type State = string;

export function connectRedis(url: string, watchEveryMs = WATCH_EVERY_MS): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // Treats a Redis that does not answer as one that is down: later requests do not wait for it.
    socketTimeout: ANSWERS_WITHIN_MS,
  });
  let state: State | undefined;
  const become = (next: State, reason?: string) => {
    if (next !== state) logChange(state, next, reason);
    state = next;
  };
  const failed = (error: Error) => {
    const isRefusal = error instanceof ReplyError;
    become(isRefusal ? (error.message.split(" ")[0] ?? "") : "down", error.message);
  };
  const isAlone = createLastWriterCheck(redis);
  const watch = () => {
    if (redis.status !== "ready") return;
    isAlone().then((alone) => {
      become("up");
      if (!alone) warnOfOthers();
    }, failed);
  };

  redis.on("error", failed);
  redis.on("ready", watch);
  const watching = setInterval(watch, watchEveryMs).unref();
  redis.on("end", () => clearInterval(watching));
  exposeGauge("fracas_redis_up", "1 if Redis takes writes, otherwise 0.", () => Number(state === "up"));
  return redis;
}

function logChange(from: State | undefined, to: State, reason?: string): void {
  if (to === "down") log.warn({ reason }, "Redis is down: limits count in this process alone");
  else if (to !== "up") log.warn({ reason }, "Redis refuses writes: limits count in this process alone");
  else if (from !== undefined) log.info("Redis is back: limits count over all processes");
}

/**
 * The returned function writes this process's id, and tells whether it was also the last to write. It does not judge the
 * first write, before which a predecessor may have ended.
 */
function createLastWriterCheck(redis: Redis): () => Promise<boolean> {
  const id = randomUUID();
  let isFirst = true;
  return async () => {
    const last = await redis.getset(LAST_WRITER, id);
    const isAlone = isFirst || last === null || last === id;
    isFirst = false;
    return isAlone;
  };
}

let areOthersKnown = false;

function warnOfOthers(): void {
  if (areOthersKnown) return;
  areOthersKnown = true;
  log.warn(
    "another process uses this Redis: it shares limits, but neither rooms nor seats. Each process needs an address of its own; behind one address, with a proxy that takes turns, joins fail (docs/operating.md)",
  );
}
