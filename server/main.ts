/** The entry point: environment → listen → drain. */
import type { App } from "./app.ts";
import { ConfigError, parseConfig, type ServerConfig } from "./config.ts";
import { log } from "./log.ts";
import { SecretFileError, secretIn } from "./services/secretFile.ts";

const config = readConfig();
// Imported after the environment is parsed, because the app reads its maps on import.
const { createApp } = await import("./app.ts").catch((error: Error) => stop(error.message));
// Imported now, because an update may have replaced the file by the time the server drains.
const { drain } = await import("./drain.ts");
const app = await createApp({ ...config, jwtSecret: jwtSecretOf(config) }).catch((error: Error) =>
  stop(error.message),
);
// Before the server says that it is open, because a signal may follow at once.
drainOnEnd(app, config);
await open(app, config);

async function open(app: App, config: ServerConfig): Promise<void> {
  const { port, host, logLevel } = config;
  try {
    await app.listen(port, host);
  } catch (error) {
    stop(describeListenError(error, port, host));
  }
  const address = app.http.address();
  const actualPort = typeof address === "object" && address ? address.port : port;
  const shownHost = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  warnOfOpenOrigins(config);
  log.info(`Fracas is open: http://${shownHost}:${actualPort}`);
  // Set last, so that even a quiet server logs its address, or why it could not start.
  log.level = logLevel;
}

/** Drains on the first signal or failure; exits at once on a second signal. */
function drainOnEnd(app: App, { drainSeconds }: ServerConfig): void {
  let isEnding = false;
  const end = async (exitCode: number) => {
    isEnding = true;
    try {
      process.exit((await drain(app, drainSeconds)) ? exitCode : 1);
    } catch (error) {
      log.fatal({ err: error }, "closing failed: exiting at once");
      process.exit(1);
    }
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isEnding) process.exit(1);
      void end(0);
    });
  }
  for (const failure of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(failure, (error: unknown) => {
      log.fatal({ err: error, failure }, "the server failed: it closes, and must be restarted");
      if (!isEnding) void end(1);
    });
  }
}

/** Undefined if no secret can be stored: the game runs, but identities end with the process. */
function jwtSecretOf({ jwtSecret, dataDir }: ServerConfig): string | undefined {
  if (jwtSecret) return jwtSecret;
  try {
    return secretIn(dataDir);
  } catch (error) {
    if (error instanceof SecretFileError) stop(error.message);
    const reason = (error as Error).message;
    log.warn(
      { reason },
      `DATA_DIR ${dataDir} cannot be used: players lose their identity on restart, unless JWT_SECRET is set`,
    );
    return undefined;
  }
}

function warnOfOpenOrigins({ production, publicUrl }: ServerConfig): void {
  if (production && !publicUrl)
    log.warn("PUBLIC_URL is not set: pages of any host name that points here may play");
}

function readConfig(): ServerConfig {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) stop(error.message);
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

function stop(reason: string): never {
  log.level = "fatal";
  log.fatal(reason);
  process.exit(1);
}
