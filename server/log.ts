/** The server's logger: readable text in a terminal, otherwise one JSON object per line. */
import { ServerError } from "@colyseus/core";
import { pino } from "pino";
import pretty from "pino-pretty";

const stream = process.stdout.isTTY
  ? pretty({ colorize: true, ignore: "pid,hostname", translateTime: "HH:MM:ss", sync: true })
  : pino.destination({ fd: 1, sync: true });

export const log = pino({ name: "fracas", level: "info", base: null }, stream);

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
