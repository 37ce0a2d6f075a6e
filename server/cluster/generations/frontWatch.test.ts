import { spawn } from "node:child_process";
import { once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Children, FrontWatch, SILENT_MS, type WatchedFront } from "./frontWatch.ts";

function watched(heardAtMs: number, isWatched = true): WatchedFront & { kills: number } {
  return {
    ...{ generation: 1, pid: 1, heardAtMs, isWatched, kills: 0 },
    kill() {
      this.kills++;
    },
  };
}

test("[GENERATION-2] a front that is silent is killed once; one that starts is not, nor any while the primary is late itself", async () => {
  const startMs = performance.now();
  const [silent, starting, heard] = [watched(startMs), watched(startMs, false), watched(startMs)];
  const watch = new FrontWatch(() => [silent, starting, heard]);
  // The primary was stopped for a minute.
  let nowMs = startMs + 60_000;
  watch.look(nowMs);
  await nextTurn();
  expect(silent.kills).toBe(0);
  for (const endMs = nowMs + SILENT_MS + 1_000; nowMs < endMs; nowMs += 250) {
    heard.heardAtMs = nowMs;
    watch.look(nowMs);
    await nextTurn();
  }
  expect([silent.kills, starting.kills, heard.kills]).toEqual([1, 0, 0]);
});

test("[GENERATION-3] processes that a front has left are killed even when they are stopped, and no others", async () => {
  const [left, other] = [sleeper(), sleeper()];
  process.kill(left.pid as number, "SIGSTOP");
  const children = new Children();
  children.know([other.pid as number]);
  children.know([left.pid as number]);
  children.kill();
  const [, signal] = await once(left, "exit");
  expect([signal, other.exitCode, other.signalCode]).toEqual(["SIGKILL", null, null]);
  other.kill("SIGKILL");
});

const sleeper = () => spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
