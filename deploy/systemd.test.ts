import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { VARIABLES } from "#server/config.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { ensureProgram } from "./testing/programs.ts";

const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
const SERVICE = read("systemd/fracas.service");
const setTo = (key: string) => new RegExp(`^${key}=(.*)$`, "m").exec(SERVICE)?.[1];

test("[DEPLOY-40] systemd reads its units without complaint, and finds the service well confined", () => {
  const { path, root, environment } = ensureProgram("/usr/bin/systemd-analyze", "systemd");
  const folder = temporaryFolder("systemd");
  const own = root && join(root, "lib/systemd/system");
  const env = { ...environment, SYSTEMD_UNIT_PATH: `${folder}:${own}:` };
  // The program must exist where the units are read.
  writeFileSync(join(folder, "fracas.service"), SERVICE.replace("/usr/bin/node", process.execPath));
  writeFileSync(join(folder, "fracas.socket"), read("systemd/fracas.socket"));
  const analyze = (...words: string[]) => spawnSync(path, words, { cwd: folder, env, encoding: "utf8" });
  const { status, stderr } = analyze("verify", "./fracas.service", "./fracas.socket");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const { stdout } = analyze("security", "--offline=yes", "--no-pager", "./fracas.service");
  expect(Number(/exposure level for fracas.service: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2);
});

test("[DEPLOY-41] the service's stop outlasts DRAIN_SECONDS, and its variables exist", () => {
  const variables = Array.from(SERVICE.matchAll(/^Environment=(\w+)=(.*)$/gm), ([, name, value]) => ({
    name,
    value,
  }));
  const known = Object.values(VARIABLES).map(({ name }): string => name);
  for (const { name } of variables) expect(known).toContain(name);
  const drain = variables.find(({ name }) => name === "DRAIN_SECONDS")?.value;
  expect(Number(setTo("TimeoutStopSec"))).toBeGreaterThanOrEqual(Number(drain) + 5);
  expect(setTo("ExecReload")).toBe("/bin/kill -HUP $MAINPID");
  expect(setTo("KillMode")).toBe("mixed");
});
