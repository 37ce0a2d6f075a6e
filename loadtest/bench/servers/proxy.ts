/** The proxy of docs/proxies.md in front of a server, and the CPU that it uses. */
import { readFileSync } from "node:fs";
import { startProxy as start } from "#server/testing/proxies.ts";
import { PROXIED, type ServerName } from "./names.ts";

export interface Entry {
  /** To which clients connect. */
  readonly port: number;
  /** CPU that it has used since it started, ms. */
  cpuMs(): number;
  close(): Promise<void>;
}

/** Resolves when clients may connect to the server: through a proxy, if the server's name asks for one. */
export async function openTo(server: ServerName, port: number): Promise<Entry> {
  const name = PROXIED[server];
  if (!name) return { port, cpuMs: () => 0, close: async () => {} };
  const proxy = await start(name, port);
  return { ...proxy, cpuMs: () => cpuMsOf(proxy.pid) };
}

/** Linux counts in hundredths of a second. */
const MS_PER_CLOCK_TICK = 10;

/** User and system time of a process with all its threads, from /proc/PID/stat: the 14th and the 15th field. */
function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // The second field is the program's name in brackets, which may contain spaces.
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) * MS_PER_CLOCK_TICK;
}
