/**
 * Keeps @pm2/io from starting, which Colyseus imports for two metrics. In a process with an IPC channel it would send messages of its
 * own over it each second, end the process as soon as the other side is gone, before rooms are closed, and let a failed
 * send end it as well. Everywhere it would print uncaught errors beside the log.
 */

/** Where the package looks for an instance that is there already. */
const INSTANCE = Symbol.for("@pm2/io");

/** Call before Colyseus sets its matchmaker up. */
export function withoutPm2(): void {
  Object.defineProperty(globalThis, INSTANCE, { value: { metric() {} }, writable: true, configurable: true });
}
