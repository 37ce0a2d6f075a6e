/** `npm run restart`, and the files by which it finds the server. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { markOf, ownMark } from "#server/services/runningProcess.ts";
import { pidOf } from "#shared/testing/pidOf.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { readStatus, StatusFile } from "./statusFile.ts";

const RESTART = fileURLToPath(new URL("restart.ts", import.meta.url));
const STATUS = { generation: 1, isDeploying: false, deploys: 0, lastDeploy: null };
const write = (dataDir: string, status: object) =>
  writeFileSync(join(dataDir, "fracas.status.json"), JSON.stringify({ ...STATUS, ...status }));
const restart = (environment: Record<string, string>) =>
  new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(process.execPath, [RESTART], { env: environment }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
/** Would end on SIGHUP. */
const stranger = () => spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "server/main.ts"]);

test("[GENERATION-11] npm run restart leaves a process alone that has the number of a server which has ended", async () => {
  const other = stranger();
  const dataDir = temporaryFolder("data");
  write(dataDir, { pid: other.pid, mark: `${other.pid} 1` });
  expect(await restart({ DATA_DIR: dataDir })).toMatchObject({
    code: 1,
    output: expect.stringContaining("No Fracas with several processes runs"),
  });
  expect([other.exitCode, other.signalCode]).toEqual([null, null]);
  other.kill("SIGKILL");
});

test("[GENERATION-12] npm run restart says in one line what is wrong with the environment", async () => {
  const { code, output } = await restart({ DRAIN_SECONDS: "soon" });
  expect([code, output.trim().split("\n")]).toEqual([1, [expect.stringContaining("DRAIN_SECONDS")]]);
});

test("[GENERATION-13] of two servers with one DATA_DIR the first is the one that npm run restart finds, until it ends", async () => {
  const first = stranger();
  const dataDir = temporaryFolder("data");
  const mark = markOf(pidOf(first));
  write(dataDir, { pid: first.pid, mark });
  const status = new StatusFile(dataDir);
  status.opened(1);
  status.remove();
  expect(readStatus(dataDir)?.mark).toBe(mark);
  first.kill("SIGKILL");
  await once(first, "exit");
  status.opened(1);
  expect(readStatus(dataDir)).toEqual({ ...STATUS, pid: process.pid, mark: ownMark() });
  expect(readFileSync(join(dataDir, "fracas.pid"), "utf8")).toBe(`${process.pid}\n`);
  status.remove();
  expect(readStatus(dataDir)).toBeUndefined();
});
