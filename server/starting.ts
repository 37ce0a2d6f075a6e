/** Shared by every start of a server, in one process or as a front: its address, its secret, and the reason of a failure. */
import type { Server } from "node:http";
import { isIPv6 } from "node:net";
import { resolve } from "node:path";
import type { ServerConfig } from "./config.ts";
import { log } from "./log.ts";
import { SecretFileError, secretIn } from "./services/secretFile.ts";

/** Where pages reach a server that listens. */
export function urlOf(http: Server): string {
  const address = http.address();
  if (typeof address !== "object" || !address) return String(address);
  return `http://${shownHost(address.address)}:${address.port}`;
}

/** The host as a URL has it. */
function shownHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return isIPv6(host) ? `[${host}]` : host;
}

/**
 * Undefined if no secret can be stored: the game runs, but identities end with the process. Throws SecretFileError if the
 * secret's file must not be used.
 */
export function jwtSecretOf({ jwtSecret, dataDir }: ServerConfig): string | undefined {
  if (jwtSecret) return jwtSecret;
  try {
    return secretIn(dataDir);
  } catch (error) {
    if (error instanceof SecretFileError) throw error;
    const reason = (error as Error).message;
    log.warn(
      { reason },
      `DATA_DIR ${resolve(dataDir)} cannot be used: players lose their identity on restart, unless JWT_SECRET is set`,
    );
    return undefined;
  }
}

export function warnOfOpenOrigins({ production, publicUrl }: ServerConfig): void {
  if (production && !publicUrl)
    log.warn("PUBLIC_URL is not set: pages of any host name that points here may play");
}

/** Why the server cannot listen, for the operator. */
export function describeListenError(error: unknown, port: number, host: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return `PORT ${port} is in use by another program; set PORT to a free one.`;
  if (code === "EACCES")
    return `PORT ${port} needs more rights than this user has; set PORT to 1024 or more.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `HOST ${host} is no address of this machine; 0.0.0.0 means all of them, 127.0.0.1 this machine only.`;
  }
  return `cannot listen on ${host}:${port}: ${message}`;
}
