/** The processes of a server under test, from Linux' /proc: who started whom, and under which name. */
import { readdirSync, readFileSync } from "node:fs";

/** The environment variable with which the server names its processes (server/log.ts). */
const PROCESS_NAME = "FRACAS_PROCESS";

/** All descendants of a process, without itself. */
export function descendantsOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync("/proc")) {
    const parent = /^\d+$/.test(entry) ? parentOf(Number(entry)) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const below = (of: number): number[] =>
    (children.get(of) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** As in log lines and metrics, such as "room 1"; undefined for a process without a name, or one that is gone. */
export function nameOf(pid: number): string | undefined {
  const variables = read(`/proc/${pid}/environ`)?.split("\0") ?? [];
  return variables
    .find((variable) => variable.startsWith(`${PROCESS_NAME}=`))
    ?.slice(PROCESS_NAME.length + 1);
}

/** The command line; empty for a process that is gone. */
export const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ") ?? "";

/** A process that has ended, but that its parent has not noticed yet, is not alive. */
export const isAlive = (pid: number): boolean => !["Z", "X", undefined].includes(fieldsOf(pid)?.[0]);

const parentOf = (pid: number): number | undefined => {
  const parent = fieldsOf(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
};

/** The fields of /proc/PID/stat from the third on: state, parent and so on. */
function fieldsOf(pid: number): string[] | undefined {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets, which may contain spaces.
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return undefined;
  }
}
