/** Reads Redis' figures of its own work. */
import type { Redis } from "ioredis";

export interface RedisWork {
  /** performance.now() */
  readonly atMs: number;
  readonly cpuSec: number;
  /** Commands, those inside scripts included. */
  readonly commands: number;
  /** Both ways. */
  readonly bytes: number;
  readonly memoryBytes: number;
  /** Calls by command, those inside scripts included. */
  readonly calls: ReadonlyMap<string, number>;
}

export async function readWork(redis: Redis): Promise<RedisWork> {
  const text = await redis.info("everything");
  const atMs = performance.now();
  const field = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, "m").exec(text)?.[1] ?? 0);
  const calls = [...text.matchAll(/^cmdstat_([\w|-]+):calls=(\d+)/gm)];
  return {
    atMs,
    cpuSec: field("used_cpu_sys") + field("used_cpu_user"),
    commands: calls.reduce((sum, [, , count]) => sum + Number(count), 0),
    bytes: field("total_net_input_bytes") + field("total_net_output_bytes"),
    memoryBytes: field("used_memory"),
    calls: new Map(calls.map(([, name = "", count]) => [name, Number(count)])),
  };
}

/** The work between two readings, per second. */
export function rateOf(before: RedisWork, after: RedisWork) {
  const seconds = (after.atMs - before.atMs) / 1000;
  return {
    seconds,
    cpuShare: (after.cpuSec - before.cpuSec) / seconds,
    commandsPerSec: (after.commands - before.commands) / seconds,
    bytesPerSec: (after.bytes - before.bytes) / seconds,
  };
}
