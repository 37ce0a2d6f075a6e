/**
 * Bounds the log lines that strangers can cause. A line of a kind is due once for each subject, and for SUBJECTS_MAX
 * subjects in INTERVAL_MS, so that nobody fills the log; /metrics counts the rest (countRefusal).
 */
import { log } from "./log.ts";

export const SUBJECTS_MAX = 20;
export const INTERVAL_MS = 600_000;
/** Of a text that a stranger chose. */
const TEXT_MAX_CHARS = 200;

interface Kind {
  readonly sinceMs: number;
  readonly subjects: Set<string>;
}

const kinds = new Map<string, Kind>();

/** Whether a line about `subject` is due. `kind`: one of a few fixed texts. */
export function isLogDue(kind: string, subject: string, nowMs = performance.now()): boolean {
  const known = kinds.get(kind);
  const current =
    known && nowMs - known.sinceMs < INTERVAL_MS ? known : { sinceMs: nowMs, subjects: new Set<string>() };
  kinds.set(kind, current);
  const { subjects } = current;
  const shown = shorten(subject);
  if (subjects.has(shown) || subjects.size >= SUBJECTS_MAX) return false;
  subjects.add(shown);
  return true;
}

export const shorten = (text: string): string => text.slice(0, TEXT_MAX_CHARS);

/** Logs what the server's own code threw on a request, each error once. */
export function logError(error: unknown, text: string, fields: object = {}): void {
  if (isLogDue(text, String(error))) log.error({ err: error, ...fields }, text);
}

type ConsoleLogger = Record<"debug" | "error" | "info" | "trace" | "warn", (...parts: unknown[]) => void>;

/** Bounds the lines of a logger for whose texts strangers may be the cause; debug and trace pass. */
export function boundLogger(logger: ConsoleLogger): ConsoleLogger {
  const bound =
    (level: "error" | "info" | "warn") =>
    (...parts: unknown[]) => {
      if (isLogDue(`logger: ${level}`, parts.join(" "))) logger[level](...parts);
    };
  return { ...logger, error: bound("error"), info: bound("info"), warn: bound("warn") };
}
