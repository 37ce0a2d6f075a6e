/** Where the rooms of this process record to. Nowhere until it is provided. */
import type { ServerConfig } from "#server/config.ts";
import { log } from "#server/log.ts";
import { countUp } from "#server/services/metrics.ts";
import { replaysFolder } from "#server/store/places.ts";
import { tapesIn } from "./fileTape.ts";
import type { OpenTape } from "./tape.ts";

const counts = { failed: 0 };
countUp(
  "fracas_replays_failed_total",
  "Replays that ended early because they could not be written, such as on a full disk.",
  () => counts.failed,
);

let provided: OpenTape | undefined;

/** Rooms are created by Colyseus, which hands them nothing. Called once when the process starts. */
export function recordTo({ dataDir, replaysMaxMb }: Pick<ServerConfig, "dataDir" | "replaysMaxMb">): void {
  provided = replaysMaxMb > 0 ? tapesIn(replaysFolder(dataDir), failed) : undefined;
}

export const tapes = (): OpenTape | undefined => provided;

function failed(error: unknown): void {
  counts.failed++;
  log.error({ err: error }, "a replay could not be written; its match goes on");
}
