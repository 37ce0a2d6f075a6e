/** DATA_DIR/fracas.pid and fracas.status.json: the primary says who it is and how its deploys went; `npm run restart` reads it. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { log } from "#server/log.ts";
import { isRunningElsewhere, ownMark } from "#server/services/runningProcess.ts";

const Status = z.object({
  pid: z.int().positive(),
  /** Start mark of the process with this pid: a file may outlive its server, whose pid another program may have by now. */
  mark: z.string(),
  /** Number of the front that has the port. It counts up with each front that the primary starts. */
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
 * The primary's status, written with each change. Never throws: without the files only `npm run restart` does not work. They
 * stay those of another server that runs with this DATA_DIR.
 */
export class StatusFile {
  readonly #dataDir: string;
  #status: Status = {
    ...{ pid: process.pid, mark: ownMark(), generation: 0 },
    ...{ isDeploying: false, deploys: 0, lastDeploy: null },
  };

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  get isDeploying(): boolean {
    return this.#status.isDeploying;
  }

  opened(generation: number): void {
    this.#write({ generation });
  }

  deployBegan(): void {
    this.#write({ isDeploying: true });
  }

  deployEnded(lastDeploy: NonNullable<Status["lastDeploy"]>): void {
    this.#write({ isDeploying: false, deploys: this.#status.deploys + 1, lastDeploy });
  }

  remove(): void {
    if (isAnothers(this.#dataDir)) return;
    for (const file of [pidFile(this.#dataDir), statusFile(this.#dataDir)]) rmSync(file, { force: true });
  }

  #write(change: Partial<Status>): void {
    this.#status = { ...this.#status, ...change };
    try {
      if (isAnothers(this.#dataDir)) return;
      mkdirSync(this.#dataDir, { recursive: true });
      writeWhole(pidFile(this.#dataDir), `${this.#status.pid}\n`);
      writeWhole(statusFile(this.#dataDir), `${JSON.stringify(this.#status)}\n`);
    } catch (error) {
      log.warn(
        { reason: (error as Error).message },
        "DATA_DIR cannot be written: npm run restart will not work",
      );
    }
  }
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
