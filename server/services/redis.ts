/** Connects to the Redis that machines share, and watches whether it takes writes. Each change is logged once. */
import { Redis, type RedisOptions, ReplyError } from "ioredis";
import { log } from "#server/log.ts";
import { exposeGauge } from "./metrics.ts";

/** Short, because players wait for the answer. */
const ANSWERS_WITHIN_MS = 500;
/** On a network that drops every packet, no error tells that a connection will not come. */
const CONNECTS_WITHIN_MS = 1_000;
/** The longest wait between two tries to connect: so long does a Redis that is back stay unnoticed. */
const RETRY_WITHIN_MS = 1_000;
const WATCH_EVERY_MS = 5_000;
/** Written to learn whether Redis takes writes. */
const WATCHED = "fracas:watch";

/** "up", "down", or the error code with which Redis refuses writes: READONLY, OOM, MISCONF, LOADING, NOAUTH, … */
type State = string;

/** While Redis is away, commands reject at once instead of waiting for it. The caller listens for "error". */
export const openRedis = (url: string, options: RedisOptions = {}): Redis =>
  new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECTS_WITHIN_MS,
    retryStrategy: (tries) => Math.min(tries * 50, RETRY_WITHIN_MS),
    // Treats a Redis that does not answer as one that is down: later requests do not wait for it.
    socketTimeout: ANSWERS_WITHIN_MS,
    ...options,
  });

export function connectRedis(url: string, watchEveryMs = WATCH_EVERY_MS): Redis {
  const redis = openRedis(url);
  let state: State | undefined;
  const become = (next: State, reason?: string) => {
    if (next !== state) logChange(state, next, reason);
    state = next;
  };
  const failed = (error: Error) => {
    const isRefusal = error instanceof ReplyError;
    become(isRefusal ? (error.message.split(" ")[0] ?? "") : "down", error.message);
  };
  const watch = () => {
    if (redis.status === "ready") redis.set(WATCHED, "1").then(() => become("up"), failed);
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
