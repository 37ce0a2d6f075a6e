/** Folders for what tests and tools write, removed when their process ends. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const created: string[] = [];

/** `what` becomes part of the folder's name. */
export function temporaryFolder(what: string): string {
  if (created.length === 0) process.once("exit", removeAll);
  const folder = mkdtempSync(join(tmpdir(), `fracas-${what}-`));
  created.push(folder);
  return folder;
}

function removeAll(): void {
  for (const folder of created) rmSync(folder, { recursive: true, force: true });
}
