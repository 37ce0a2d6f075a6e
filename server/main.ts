/** The entry point: environment → listen → drain. */
import { isIPv6 } from "node:net";
import { resolve } from "node:path";
import { isatty } from "node:tty";
import type { App } from "./app.ts";
import { ConfigError, parseConfig, type ServerConfig } from "./config.ts";
import { placeOf } from "./listening.ts";
import { flushLog, log } from "./log.ts";
import { SecretFileError, secretIn } from "./services/secretFile.ts";

/** npm passes Ctrl+C on to a process that the terminal has interrupted already: both count as one signal. */
const SAME_SIGNAL_WITHIN_MS = 500;

const config = await readConfig();
// Imported after the environment is parsed, because the app reads its maps on import.
const { createApp } = await import("./app.ts").catch((error: Error) => stop(error.message));
// Imported now, because an update may have replaced the file by the time the server drains.
const { drain } = await import("./drain.ts");
const app = await createApp({ ...config, jwtSecret: await jwtSecretOf(config) }).catch((error: Error) =>
  stop(error.message),
);
// Before the server says that it is open, because a signal may follow at once.
drainOnEnd(app, config);
await open(app, config);

async function open(app: App, config: ServerConfig): Promise<void> {
  const { port, host, logLevel } = config;
  try {
    await app.listen(placeOf(config, process.env));
  } catch (error) {
    await stop(error instanceof ConfigError ? error.message : describeListenError(error, port, host));
  }
  warnOfOpenOrigins(config);
  log.info(`Fracas is open: ${addressOf(app)}`);
  // Set last, so that even a quiet server logs its address, or why it could not start.
  log.level = logLevel;
}

function addressOf({ http }: App): string {
  const address = http.address();
  if (typeof address !== "object" || !address) return String(address);
  return `http://${shownHost(address.address)}:${address.port}`;
}

/** The host as a URL has it. */
function shownHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return isIPv6(host) ? `[${host}]` : host;
}

/** Drains on the first signal or failure; exits at once on a second signal. */
function drainOnEnd(app: App, { drainSeconds }: ServerConfig): void {
  let endingSince: number | undefined;
  const end = async (exitCode: number) => {
    endingSince = performance.now();
    try {
      await exit((await drain(app, drainSeconds)) ? exitCode : 1);
    } catch (error) {
      log.fatal({ err: error }, "closing failed: exiting at once");
      await exit(1);
    }
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (endingSince === undefined) void end(0);
      else if (performance.now() - endingSince > SAME_SIGNAL_WITHIN_MS) void exit(1);
    });
  }
  // Node undoes nohup, so the server decides itself whether a hang-up concerns it. Asked now: later the terminal is gone.
  const hasTerminal = isatty(0) || isatty(1);
  process.on("SIGHUP", () => {
    if (!hasTerminal) log.info("SIGHUP ignored: there is no terminal, and no configuration to reload");
    else if (endingSince === undefined) void end(0);
  });
  for (const failure of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(failure, (error: unknown) => {
      log.fatal({ err: error, failure }, "the server failed: it closes, and must be restarted");
      if (endingSince === undefined) void end(1);
    });
  }
}

/** Undefined if no secret can be stored: the game runs, but identities end with the process. */
async function jwtSecretOf({ jwtSecret, dataDir }: ServerConfig): Promise<string | undefined> {
  if (jwtSecret) return jwtSecret;
  try {
    return secretIn(dataDir);
  } catch (error) {
    if (error instanceof SecretFileError) return stop(error.message);
    const reason = (error as Error).message;
    log.warn(
      { reason },
      `DATA_DIR ${resolve(dataDir)} cannot be used: players lose their identity on restart, unless JWT_SECRET is set`,
    );
    return undefined;
  }
}

function warnOfOpenOrigins({ production, publicUrl }: ServerConfig): void {
  if (production && !publicUrl)
    log.warn("PUBLIC_URL is not set: pages of any host name that points here may play");
}

async function readConfig(): Promise<ServerConfig> {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return stop(error.message);
    throw error;
  }
}

function describeListenError(error: unknown, port: number, host: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return `PORT ${port} is in use by another program; set PORT to a free one.`;
  if (code === "EACCES")
    return `PORT ${port} needs more rights than this user has; set PORT to 1024 or more.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `HOST ${host} is no address of this machine; 0.0.0.0 means all of them, 127.0.0.1 this machine only.`;
  }
  return `cannot listen on ${host}:${port}: ${message}`;
}

async function stop(reason: string): Promise<never> {
  log.level = "fatal";
  log.fatal(reason);
  return exit(1);
}

async function exit(code: number): Promise<never> {
  await flushLog();
  process.exit(code);
}
