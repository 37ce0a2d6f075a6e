/** What the server logs, for tests that want to read it instead of the terminal. */
import { symbols } from "pino";
import { log } from "#server/log.ts";

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** From now on, and of loggers made from now on; until another call. Newest last. */
export function captureLog(): LogLine[] {
  const lines: LogLine[] = [];
  const stream: object = Reflect.get(log, symbols.streamSym);
  Object.assign(stream, { write: (line: string) => void lines.push(JSON.parse(line)) });
  log.level = "info";
  return lines;
}
