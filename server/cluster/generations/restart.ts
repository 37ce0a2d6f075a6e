/** `npm run restart`: has the running server take the code in this folder, without a refused connection or a lost seat. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseConfig } from "#server/config.ts";
import { readStatus, type Status } from "./statusFile.ts";

const CHECK_MS = 200;

const { dataDir, drainSeconds } = parseConfig(process.env);
/** The former generation of an earlier deploy may have rooms for DRAIN_SECONDS; then a new front starts. */
const WAIT_MS = (drainSeconds + 150) * 1000;

process.exitCode = await restart();

async function restart(): Promise<number> {
  const before = readStatus(dataDir);
  if (!before || !isFracas(before.pid)) {
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
  const after = await finished(before.pid, awaited);
  if (!after) {
    console.error("It has not happened in time: read the server's log.");
    return 1;
  }
  const { ok = false, message = "" } = after.lastDeploy ?? {};
  console[ok ? "log" : "error"](ok ? `Done: ${message}.` : `Failed: ${message}.`);
  return ok ? 0 : 1;
}

async function finished(pid: number, deploys: number): Promise<Status | undefined> {
  const endsAtMs = performance.now() + WAIT_MS;
  while (performance.now() < endsAtMs && isFracas(pid)) {
    const status = readStatus(dataDir);
    if (status && status.deploys >= deploys) return status;
    await new Promise((resume) => setTimeout(resume, CHECK_MS));
  }
  return undefined;
}

/** A file may outlive its server, whose pid another program may have by now: SIGHUP would end that one. */
function isFracas(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return commandOf(pid).includes("main.ts");
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  return execFileSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" });
}
