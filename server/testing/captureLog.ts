/** Captures the server's log lines for tests. */
import { symbols } from "pino";
import { log } from "#server/log.ts";

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** Collects the lines of existing and future loggers, newest last, until the next call. */
export function captureLog(): LogLine[] {
  const lines: LogLine[] = [];
  const stream: object = Reflect.get(log, symbols.streamSym);
  Object.assign(stream, { write: (line: string) => void lines.push(JSON.parse(line)) });
  log.level = "info";
  return lines;
}
