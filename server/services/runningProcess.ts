/** Tells whether the process that wrote a file still runs, although its number may belong to another process by now. */
import { readFileSync } from "node:fs";

/** Number and start: no other process of this machine has both. */
export const ownMark = (): string => markOf(process.pid);

/** Whether the process with this mark runs, and is another one than this. */
export function isRunningElsewhere(mark: string): boolean {
  const pid = Number.parseInt(mark, 10);
  return pid > 0 && pid !== process.pid && mark === markOf(pid) && isAlive(pid);
}

/** Only Linux says when a process has started; elsewhere its number must do. */
export const markOf = (pid: number): string => `${pid} ${startOf(pid)}`;

function startOf(pid: number): string {
  try {
    // The name, in brackets, may hold spaces. The start is the 22nd field, in clock ticks since the machine's start.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
