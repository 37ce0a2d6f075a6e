/** Environment → listen. */
import type { EventEmitter } from "node:events";
import { ConfigError, parseConfig, type ServerConfig } from "./config.ts";
import { log } from "./log.ts";

await start(readConfig());

async function start({ port, host, logLevel }: ServerConfig): Promise<void> {
  // Not before the environment is read: the app reads its maps when it is loaded.
  const { createApp } = await import("./app.ts").catch((error: Error) => stop(error.message));
  const app = createApp({ standalone: true });
  try {
    await Promise.race([app.listen(port, host), firstError(app.transport.server)]);
  } catch (error) {
    stop(describeListenError(error, port, host));
  }
  const address = app.transport.server?.address();
  const actualPort = typeof address === "object" && address ? address.port : port;
  const shownHost = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  log.info(`Fracas is open: http://${shownHost}:${actualPort}`);
  // Only now: whoever starts a quiet server still wants to know where it is, or why it is not.
  log.level = logLevel;
}

function readConfig(): ServerConfig {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) stop(error.message);
    throw error;
  }
}

/** Colyseus listens for errors only once it is open: a port that is taken would be waited for without end. */
function firstError(server: EventEmitter | undefined): Promise<never> {
  return new Promise((_resolve, reject) => server?.once("error", reject));
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
