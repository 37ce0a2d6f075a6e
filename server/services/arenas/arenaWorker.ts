/** The thread that parses brought arenas (arenaCheck.ts), one after the other. */
import { createHash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { isFoul } from "#server/services/wordFilter.ts";
import { checkBrought } from "#shared/arena/checkBrought.ts";
import type { CheckReport, CheckRequest } from "./arenaCheck.ts";
import type { Checked } from "./arenas.ts";

parentPort?.on("message", ({ id, tiledJson }: CheckRequest) => {
  parentPort?.postMessage({ is: "checked", id, checked: check(tiledJson) } satisfies CheckReport);
});
parentPort?.postMessage({ is: "ready" } satisfies CheckReport);

function check(tiledJson: string): Checked {
  const sha256 = createHash("sha256").update(tiledJson).digest("hex");
  const file = checkBrought(tiledJson, sha256);
  if (!file.ok) return file;
  const { arena, title } = file;
  if (isFoul(title))
    return { ok: false, faults: [{ code: "refusedTitle", place: { property: "title" }, values: {} }] };
  return { ok: true, brought: { arena, tiledJson, sha256, title } };
}
