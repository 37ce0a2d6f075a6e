/** What a server has recorded of its matches. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { sum } from "#shared/figures/stats.ts";

/** Where the server records, if it does. */
export interface Recorded {
  readonly folder: string | undefined;
}

/** Size of all files there. */
export function bytesOf({ folder }: Recorded): number {
  if (folder === undefined || !existsSync(folder)) return 0;
  return sum(readdirSync(folder).map((name) => statSync(join(folder, name)).size));
}
