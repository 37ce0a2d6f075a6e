/**
 * A stand-in for systemd with a socket unit: opens a listening socket, never accepts on it, and starts the server on it
 * again each time that it ends. Blocked in spawnSync, Node's event loop takes no connection.
 */
import { spawnSync } from "node:child_process";
import { writeSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
/** A service that ends is started again after this, as RestartSec= does. */
const RESTART_MS = 300;

const server = createServer().listen(0, "127.0.0.1", () => {
  // Node shows the descriptor of a listening socket to its own modules only.
  const { _handle } = server as unknown as { _handle: { fd: number } };
  const address = server.address();
  say(`port ${typeof address === "object" ? address?.port : address}`);
  // The shell becomes the server, so LISTEN_PID is the server's own id.
  const start = 'echo "pid $$"; LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" "$@"';
  const stdio = ["ignore", "inherit", "inherit", _handle.fd] as const;
  for (;;) {
    spawnSync("/bin/sh", ["-c", start, process.execPath, MAIN], { stdio: [...stdio] });
    say("ended");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RESTART_MS);
  }
});

/** Writes a line at once, because the event loop does not turn. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
