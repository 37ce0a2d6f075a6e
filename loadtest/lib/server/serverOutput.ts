/** What a server that was started writes: where it is, and which errors it logs, how often. */
import type { ChildProcess } from "node:child_process";

export interface ServerOutput {
  /** Its address, once it is open. */
  opened: Promise<string>;
  /** How often each line came; numbers in them are taken for equal. */
  errors: ReadonlyMap<string, number>;
  /** The end of it. */
  stderr(): string;
}

const STDERR_CHARS = 4000;
/** So many different lines are kept: what a client makes it log must not fill our memory. */
const ERROR_KINDS = 50;

export function readOutput(child: ChildProcess): ServerOutput {
  const errors = new Map<string, number>();
  let stderr = "";
  let unread = "";
  const opened = new Promise<string>((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const lines = (unread + text).split("\n");
      unread = lines.pop() ?? "";
      for (const line of lines) {
        const address = /Fracas is open: (http:\/\/[^"\s]+)/.exec(line)?.[1];
        if (address) resolve(address);
        else countLine(errors, line);
      }
    });
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-STDERR_CHARS);
  });
  return { opened, errors, stderr: () => stderr };
}

function countLine(errors: Map<string, number>, line: string): void {
  const text = messageOf(line).replace(/\d+/g, "0").replace(/\s+/g, " ").slice(0, 160);
  if (errors.size < ERROR_KINDS || errors.has(text)) errors.set(text, (errors.get(text) ?? 0) + 1);
}

function messageOf(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return err?.message && err.message !== msg ? `${msg}: ${err.message}` : (msg ?? line);
  } catch {
    return line;
  }
}
