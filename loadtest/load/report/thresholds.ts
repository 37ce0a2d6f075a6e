/** Judges a run by the thresholds of the command line. */
import { percent } from "#loadtest/lib/text.ts";
import { PATCHES_PER_SEC } from "#shared/config.ts";
import { errorsOf, type Report, type Verdict } from "./report.ts";

export interface Thresholds {
  readonly maxTickP99Ms?: number | undefined;
  readonly maxWorkP99Ms?: number | undefined;
  readonly maxGcP99Ms?: number | undefined;
  readonly minTickRate?: number | undefined;
  /** 0…1. */
  readonly minHeld?: number | undefined;
  readonly patchesWithin?: number | undefined;
  readonly maxRssMb?: number | undefined;
  readonly maxErrors?: number | undefined;
  readonly maxJoinP95Ms?: number | undefined;
}

type Judged = Pick<Report, "joins" | "closes" | "errors" | "serverFigures" | "down" | "clients">;

/** One verdict per threshold given. A figure that was not measured fails its threshold. */
export function judge(found: Judged, wanted: Thresholds): Verdict[] {
  const { serverFigures: server, joins, down } = found;
  const patchesOff =
    down.patchGap.count > 0 ? Math.abs(down.patchesPerClientSec - PATCHES_PER_SEC) : undefined;
  return [
    atMost("max-tick-p99", wanted.maxTickP99Ms, server?.tick?.p99, "tick p99", "ms"),
    atMost("max-work-p99", wanted.maxWorkP99Ms, server?.work?.p99, "tick + patch p99", "ms"),
    atMost("max-gc-p99", wanted.maxGcP99Ms, server?.gc?.p99, "GC pause p99", "ms"),
    atLeast("min-tick-rate", wanted.minTickRate, server?.tickRate, "ticks a second"),
    ...held(wanted.minHeld, found),
    atMost(
      "patches-within",
      wanted.patchesWithin,
      patchesOff,
      `distance of patches to ${PATCHES_PER_SEC} a second`,
    ),
    atMost("max-rss", wanted.maxRssMb, rssMbOf(found), "RSS a player", "MB"),
    atMost("max-errors", wanted.maxErrors, errorsOf(found), "number of errors"),
    atMost("max-join-p95", wanted.maxJoinP95Ms, joins.count > 0 ? joins.p95 : undefined, "join p95", "ms"),
  ].filter((verdict) => verdict !== undefined);
}

/** Ticks and patches have to hold, each by itself. */
function held(wanted: number | undefined, { serverFigures: server, down }: Judged): Verdict[] {
  if (wanted === undefined) return [];
  const shares = [
    ["ticks", server && server.ticksDue > 0 ? server.ticksHeld / server.ticksDue : undefined],
    ["patches", down.patchGap.count > 0 ? down.patchesPerClientSec / PATCHES_PER_SEC : undefined],
  ] as const;
  return shares.map(([what, share]) => ({
    threshold: `--min-held ${percent(wanted)}`,
    found:
      share === undefined ? `${what} were not measured` : `${percent(Math.min(1, share))} of the ${what}`,
    holds: share !== undefined && share >= wanted,
  }));
}

/** What the server's memory has grown by since it was empty, by player, MB; undefined without its metrics. */
export const rssMbOf = ({
  serverFigures: server,
  clients,
}: Pick<Report, "serverFigures" | "clients">): number | undefined =>
  server && clients.most > 0 ? (server.rssMbLast - server.rssMbIdle) / clients.most : undefined;

function atMost(
  name: string,
  wanted: number | undefined,
  found: number | undefined,
  what: string,
  unit = "",
) {
  if (wanted === undefined) return undefined;
  const text = found === undefined ? `${what} was not measured` : `${what} is ${round(found)} ${unit}`.trim();
  return { threshold: `--${name} ${wanted}`, found: text, holds: found !== undefined && found <= wanted };
}

function atLeast(name: string, wanted: number | undefined, found: number | undefined, what: string) {
  if (wanted === undefined) return undefined;
  const text = found === undefined ? `${what} were not measured` : `${what}: ${round(found)}`;
  return { threshold: `--${name} ${wanted}`, found: text, holds: found !== undefined && found >= wanted };
}

const round = (figure: number) => Number(figure.toFixed(2));
