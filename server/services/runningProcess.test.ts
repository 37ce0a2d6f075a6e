import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pidOf } from "#shared/testing/pidOf.ts";
import { isRunningElsewhere, ownMark } from "./runningProcess.ts";

test("[SNAP-19] a process runs elsewhere until it ends; this one, and another one with its number, do not", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const pid = pidOf(child);
  const start = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19];
  const mark = `${pid} ${start}`;
  expect(isRunningElsewhere(mark)).toBe(true);
  expect(isRunningElsewhere(`${pid} ${Number(start) - 1}`)).toBe(false);
  child.kill();
  await once(child, "exit");
  expect(isRunningElsewhere(mark)).toBe(false);
  for (const other of [ownMark(), "", "0 0", "-1 1", "none"]) expect(isRunningElsewhere(other)).toBe(false);
});
