/** Chooses where the server listens: at an address, or on a socket that systemd holds for it (sd_listen_fds(3)). */
import cluster from "node:cluster";
import { ConfigError } from "./config.ts";

export type Place = { readonly port: number; readonly host: string } | { readonly fd: number };

/** The first file descriptor after stdin, stdout and stderr. */
const INHERITED_FD = 3;

/**
 * The inherited socket if there is one, whatever PORT and HOST say. While the server restarts, systemd keeps the socket:
 * connections wait and are not refused. Throws ConfigError if several sockets are inherited.
 */
export function placeOf(
  { port, host }: { port: number; host: string },
  environment: Readonly<Record<string, string | undefined>>,
): Place {
  const { LISTEN_FDS: count, LISTEN_PID: owner } = environment;
  // A program that systemd has not started itself, such as one below npm, inherits the variables without the socket.
  if (!count || !ownersOfSockets().includes(Number(owner))) return { port, host };
  if (count !== "1")
    throw new ConfigError(`the socket unit has ${count} sockets, but Fracas listens on one.`);
  return { fd: INHERITED_FD };
}

/** A cluster's primary listens for its workers: its descriptors count. */
const ownersOfSockets = (): number[] => (cluster.isWorker ? [process.pid, process.ppid] : [process.pid]);
