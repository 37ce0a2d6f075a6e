/** Judges a run by the thresholds of the command line. */
import { errorsOf, type Report, type Verdict } from "./report.ts";

export interface Thresholds {
  readonly maxTickP99Ms?: number | undefined;
  readonly minTickRate?: number | undefined;
  readonly maxErrors?: number | undefined;
  readonly maxJoinP95Ms?: number | undefined;
}

type Judged = Pick<Report, "joins" | "closes" | "errors" | "serverFigures">;

/** One verdict per threshold given. A figure that was not measured fails its threshold. */
export function judge(found: Judged, wanted: Thresholds): Verdict[] {
  const { serverFigures, joins } = found;
  return [
    atMost("max-tick-p99", wanted.maxTickP99Ms, serverFigures?.tick?.p99, "tick p99", "ms"),
    atLeast("min-tick-rate", wanted.minTickRate, serverFigures?.tickRate, "ticks a second"),
    atMost("max-errors", wanted.maxErrors, errorsOf(found), "number of errors"),
    atMost("max-join-p95", wanted.maxJoinP95Ms, joins.count > 0 ? joins.p95 : undefined, "join p95", "ms"),
  ].filter((verdict) => verdict !== undefined);
}

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
