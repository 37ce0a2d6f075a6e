/** Environment → listen → drain. */
import type { App } from "./app.ts";
import { ConfigError, parseConfig, type ServerConfig } from "./config.ts";
import { log } from "./log.ts";
import { SecretFileError, secretIn } from "./services/secretFile.ts";

const config = readConfig();
// Not before the environment is read: the app reads its maps when it is loaded.
const { createApp } = await import("./app.ts").catch((error: Error) => stop(error.message));
// With the app: when it is needed, the file may be another version's already.
const { drain } = await import("./drain.ts");
const app = await createApp({ ...config, jwtSecret: jwtSecretOf(config) }).catch((error: Error) =>
  stop(error.message),
);
// Before anybody is told that it is open: a signal may come right after.
endWellOn(app, config);
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
  warnOfOpenDoors(config);
  log.info(`Fracas is open: http://${shownHost}:${actualPort}`);
  // Only now: whoever starts a quiet server still wants to know where it is, or why it is not.
  log.level = logLevel;
}

/** The first signal or failure drains; a second signal ends at once. */
function endWellOn(app: App, { drainSeconds }: ServerConfig): void {
  let ending = false;
  const end = async (exitCode: number) => {
    ending = true;
    try {
      process.exit((await drain(app, drainSeconds)) ? exitCode : 1);
    } catch (error) {
      log.fatal({ err: error }, "closing failed: ending at once");
      process.exit(1);
    }
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1);
      void end(0);
    });
  }
  for (const failure of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(failure, (error: unknown) => {
      log.fatal({ err: error, failure }, "the server failed: it closes, and needs to be started again");
      if (!ending) void end(1);
    });
  }
}

/** Undefined where none can be kept: the game is worth more than that players are known again. */
function jwtSecretOf({ jwtSecret, dataDir }: ServerConfig): string | undefined {
  if (jwtSecret) return jwtSecret;
  try {
    return secretIn(dataDir);
  } catch (error) {
    if (error instanceof SecretFileError) stop(error.message);
    const reason = (error as Error).message;
    log.warn(
      { reason },
      `DATA_DIR ${dataDir} cannot be used: players are strangers again after a restart, unless JWT_SECRET is set`,
    );
    return undefined;
  }
}

function warnOfOpenDoors({ production, publicUrl }: ServerConfig): void {
  if (production && !publicUrl)
    log.warn("PUBLIC_URL is not set: pages of any name that points here may play");
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
  if (code === "EADDRINUSE") return `PORT ${port} is taken by another program; set PORT to a free one.`;
  if (code === "EACCES")
    return `PORT ${port} needs more rights than this user has; set PORT to 1024 or more.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `HOST ${host} is no address of this machine; 0.0.0.0 is all of them, 127.0.0.1 this machine alone.`;
  }
  return `cannot listen on ${host}:${port}: ${message}`;
}

function stop(reason: string): never {
  log.level = "fatal";
  log.fatal(reason);
  process.exit(1);
}
