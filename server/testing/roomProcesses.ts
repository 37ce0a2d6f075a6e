/** The room processes of a server that a test booted in its own process, and rooms in each of them. */
import { execFileSync } from "node:child_process";
import type { RoomRow } from "#server/admission/directory.ts";
import type { TestServer } from "./bootServer.ts";
import { openRoom, type Person } from "./company.ts";

/** Process ids, in the order of their start. */
export function roomProcessesOf(parent = process.pid): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [pid, ppid, ...args] = line.trim().split(/\s+/);
    return Number(ppid) === parent && args.join(" ").includes("roomProcess.ts") ? [Number(pid)] : [];
  });
}

export const rowOf = (server: TestServer, { room }: Pick<Person, "room">): RoomRow | undefined =>
  server.app.rooms.directory.own.get(room.roomId);

/** Opens hosted rooms until each process has one, and returns one of each. */
export async function openInEach(
  server: TestServer,
  processes: number,
  options: object = {},
): Promise<Person[]> {
  const hosts = new Map<string, Person>();
  const spare: Person[] = [];
  while (hosts.size < processes) {
    const host = await openRoom(server, options);
    const { processId = "" } = rowOf(server, host) ?? {};
    if (hosts.has(processId)) spare.push(host);
    else hosts.set(processId, host);
    if (spare.length > 10) throw new Error(`${processes} processes, but rooms open in ${hosts.size} of them`);
  }
  await Promise.all(spare.map(({ room }) => room.leave()));
  return [...hosts.values()];
}
