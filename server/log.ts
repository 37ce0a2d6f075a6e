/** The server's logger: readable text in a terminal, otherwise one JSON object per line. */
import { ServerError } from "@colyseus/core";
import { pino } from "pino";
import { prettyFactory } from "pino-pretty";
import { LogOutput, openStdout } from "./services/logOutput.ts";
import { countUp } from "./services/metrics.ts";

const output = new LogOutput(openStdout(), (lines) =>
  log.warn({ lines }, "log lines were dropped, because stdout could not be written for a while"),
);
countUp("fracas_log_lines_dropped_total", "Log lines that stdout did not take.", () => output.dropped);

const format = process.stdout.isTTY
  ? prettyFactory({ colorize: true, ignore: "pid,hostname", translateTime: "HH:MM:ss" })
  : (line: string) => line;

/** The environment variable that names this process in its log lines; set if the server has several. */
export const PROCESS_NAME = "FRACAS_PROCESS";
const processName = process.env[PROCESS_NAME];

export const log = pino(
  { name: "fracas", level: "info", base: processName ? { process: processName } : null },
  { write: (line: string) => output.write(format(line)) },
);

/** Names a process that was not given a name: the one that starts the others. */
export function nameProcess(name: string): void {
  if (!("process" in log.bindings())) log.setBindings({ process: name });
}

/** Call before process.exit. Resolves when the log is written, or within 1.5 s if it cannot be. */
export const flushLog = () => output.flush();

/** Joins Colyseus' console-style arguments into one message; pino would print only the first. */
const fromConsoleStyle =
  (level: "debug" | "error" | "info" | "trace" | "warn") =>
  (...parts: unknown[]) => {
    const error = parts.find((part) => part instanceof Error);
    // A refused join or reconnection: the client gets the answer, and nothing failed.
    if (error instanceof ServerError) return log.debug({ from: "colyseus" }, error.message);
    const text = parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" ");
    log[level]({ from: "colyseus", ...(error && { err: error }) }, text);
  };

/** The logger for Colyseus. */
export const colyseusLog = {
  debug: fromConsoleStyle("debug"),
  error: fromConsoleStyle("error"),
  info: fromConsoleStyle("info"),
  trace: fromConsoleStyle("trace"),
  warn: fromConsoleStyle("warn"),
};
