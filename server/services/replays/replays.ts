/** Gives the rooms of this process the tapes that they record to: none until recordTo is called. */
import { mapOf } from "#server/arenas.ts";
import type { ServerConfig } from "#server/config.ts";
import { log } from "#server/log.ts";
import { countUp } from "#server/services/metrics.ts";
import { replaysFolder } from "#server/store/places.ts";
import type { ReplayHead } from "#shared/replay/replay.ts";
import { type FileTapes, fileTapes } from "./fileTape.ts";
import type { Tapes } from "./tape.ts";

const counts = { failed: 0 };
countUp(
  "fracas_replays_failed_total",
  "Replays that ended early because they could not be written, such as on a full disk.",
  () => counts.failed,
);

let provided: FileTapes | undefined;

/** Rooms are created by Colyseus, which hands them nothing. Called once when the process starts. */
export function recordTo({ dataDir, replaysMaxMb }: Pick<ServerConfig, "dataDir" | "replaysMaxMb">): void {
  provided =
    replaysMaxMb > 0 ? fileTapes({ folder: replaysFolder(dataDir), tiledJsonOf, failed }) : undefined;
}

const tiledJsonOf = ({ map, mapSha256 }: ReplayHead): string | undefined => {
  const offered = mapOf(map);
  return offered?.sha256 === mapSha256 ? offered.tiledJson : undefined;
};

export const tapes = (): Tapes | undefined => provided;

/** Resolves when all that rooms have recorded so far is in files. Call before the process ends. */
export const replaysWritten = async (): Promise<void> => provided?.written();

function failed(match: string, error: unknown): void {
  counts.failed++;
  log.error({ err: error, match }, "a replay could not be written; its match goes on");
}
