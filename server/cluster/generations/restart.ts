/** `npm run restart`: has the running server take the code in this folder, without a refused connection or a lost seat. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { parseConfig } from "#server/config.ts";
import { isRunningElsewhere } from "#server/services/runningProcess.ts";
import { readStatus, type Status } from "./statusFile.ts";

const CHECK_MS = 200;

/** Beyond DRAIN_SECONDS, in which the former generation of an earlier deploy may have rooms; then a new front starts. */
const WAIT_MS = 150_000;

process.exitCode = await restart().catch((error: Error) => {
  console.error(error.message);
  return 1;
});

/** Rejects if the environment is wrong. */
async function restart(): Promise<number> {
  if (process.platform === "win32") throw new Error("Windows has no SIGHUP: stop the server, and start it.");
  const { dataDir, drainSeconds } = parseConfig(process.env);
  const before = readStatus(dataDir);
  if (!before || !isFracas(before)) {
    console.error(
      `No Fracas with several processes runs with DATA_DIR ${resolve(dataDir)}.\n` +
        "A server with PROCESSES=1 has no other process to move its rooms to: stop it (SIGTERM, Ctrl+C, or systemctl " +
        "restart) and start it again. It keeps hosted rooms; public matches end.",
    );
    return 1;
  }
  process.kill(before.pid, "SIGHUP");
  // One that is under way has begun with the code of its start.
  const awaited = before.deploys + (before.isDeploying ? 2 : 1);
  console.log(
    `Asked Fracas (pid ${before.pid}, generation ${before.generation}) to start the code in this folder …`,
  );
  const after = await finished(dataDir, before, awaited, drainSeconds * 1000 + WAIT_MS);
  if (!after) {
    console.error("It has not happened in time: read the server's log.");
    return 1;
  }
  const { ok = false, message = "" } = after.lastDeploy ?? {};
  console[ok ? "log" : "error"](ok ? `Done: ${message}.` : `Failed: ${message}.`);
  return ok ? 0 : 1;
}

/** Undefined if that many deploys take longer, or the server ends. */
async function finished(
  dataDir: string,
  server: Status,
  deploys: number,
  withinMs: number,
): Promise<Status | undefined> {
  const endsAtMs = performance.now() + withinMs;
  while (performance.now() < endsAtMs && isFracas(server)) {
    const status = readStatus(dataDir);
    if (status?.mark === server.mark && status.deploys >= deploys) return status;
    await new Promise((resume) => setTimeout(resume, CHECK_MS));
  }
  return undefined;
}

/** Only Linux tells the start of a process, which the mark holds; elsewhere its command must do. */
function isFracas({ pid, mark }: Status): boolean {
  if (!isRunningElsewhere(mark)) return false;
  return process.platform === "linux" || commandOf(pid).includes("main.ts");
}

const commandOf = (pid: number): string =>
  execFileSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" });
