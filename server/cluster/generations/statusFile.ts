/** DATA_DIR/fracas.pid and fracas.status.json: the primary says who it is and how its deploys went; `npm run restart` reads it. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { log } from "#server/log.ts";
import { isRunningElsewhere, ownMark } from "#server/services/runningProcess.ts";

const Status = z.object({
  pid: z.int().positive(),
  /** Of the process with this pid: a file may outlive its server, whose pid another program may have by now. */
  mark: z.string(),
  /** Of the front that has the port; counts up with each front that the primary starts. */
  generation: z.int(),
  isDeploying: z.boolean(),
  /** Deploys that have succeeded or failed. */
  deploys: z.int(),
  /** How the last deploy went, for the operator. */
  lastDeploy: z.object({ ok: z.boolean(), message: z.string() }).nullable(),
});
export type Status = z.infer<typeof Status>;

const pidFile = (dataDir: string): string => join(dataDir, "fracas.pid");
const statusFile = (dataDir: string): string => join(dataDir, "fracas.status.json");

/**
 * Never throws: without the files only `npm run restart` does not work. They stay those of another server that runs with this
 * DATA_DIR.
 */
export function writeStatus(dataDir: string, status: Omit<Status, "pid" | "mark">): void {
  try {
    if (isAnothers(dataDir)) return;
    mkdirSync(dataDir, { recursive: true });
    writeWhole(pidFile(dataDir), `${process.pid}\n`);
    const whole: Status = { pid: process.pid, mark: ownMark(), ...status };
    writeWhole(statusFile(dataDir), `${JSON.stringify(whole)}\n`);
  } catch (error) {
    log.warn(
      { reason: (error as Error).message },
      "DATA_DIR cannot be written: npm run restart will not work",
    );
  }
}

export function removeStatus(dataDir: string): void {
  if (isAnothers(dataDir)) return;
  for (const file of [pidFile(dataDir), statusFile(dataDir)]) rmSync(file, { force: true });
}

/** Undefined if there is none that can be read. */
export function readStatus(dataDir: string): Status | undefined {
  try {
    const parsed = Status.safeParse(JSON.parse(readFileSync(statusFile(dataDir), "utf8")));
    return parsed.data;
  } catch {
    return undefined;
  }
}

const isAnothers = (dataDir: string): boolean => isRunningElsewhere(readStatus(dataDir)?.mark ?? "");

/** A reader never finds half a file. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
