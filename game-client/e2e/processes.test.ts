/** A player in a fight while room processes die, and while the server is replaced by a deploy. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { play, takePicture } from "./harness.ts";
import { setStage } from "./stage.ts";

const stage = setStage({ PROCESSES: "2", DRAIN_SECONDS: "1" });

const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

/** The process' children, and theirs. */
function below(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(" ").filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...below(child)]);
}

const roomProcesses = (pid: number) =>
  below(pid).filter((child) => read(`/proc/${child}/cmdline`).includes("roomProcess.ts"));

async function ticksHeld(): Promise<number> {
  const metrics = await fetch(`${stage.url}/metrics`).then((answer) => answer.text());
  return Number(/^fracas_ticks_held_total (\d+)/m.exec(metrics)?.[1]);
}

const seatOf = (page: Page) => page.evaluate(() => window.fracas?.ownDrone()?.id);

/** Resolves when the page plays again: its drone moves as it predicts. */
async function playsAgain(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Connection lost" }).waitFor({ state: "hidden" });
  await page.waitForFunction(() => window.fracas?.isInStep() === true);
}

test("[E2E-PROCESSES-1] kill -9 of every room process, then a deploy: the page is back in its room and seat by itself, twice", async () => {
  const ann = await stage.open({ viewport: { width: 1280, height: 720 } });
  const { page } = ann;
  let sockets = 0;
  page.on("websocket", () => sockets++);
  await play(ann, "Ann");
  await playsAgain(page);
  const [seat, room, before] = [await seatOf(page), new URL(page.url()).pathname, sockets];
  // Soon after somebody has come, the room leaves a snapshot in which they have their seat.
  const since = await ticksHeld();
  await expect.poll(async () => (await ticksHeld()) - since).toBeGreaterThan(2 * TICKS_PER_SEC);
  const dying = roomProcesses(stage.pid);
  expect(dying).toHaveLength(2);
  for (const pid of dying) process.kill(pid, "SIGKILL");
  await expect.poll(() => sockets, { interval: 20 }).toBeGreaterThan(before);
  await takePicture(page, "processes-killed");
  await playsAgain(page);
  expect([await seatOf(page), new URL(page.url()).pathname]).toEqual([seat, room]);
  await takePicture(page, "processes-back");

  const old = roomProcesses(stage.pid);
  const between = sockets;
  process.kill(stage.pid, "SIGHUP");
  await expect.poll(() => sockets, { timeout: 120_000 }).toBeGreaterThan(between);
  await playsAgain(page);
  expect([await seatOf(page), new URL(page.url()).pathname]).toEqual([seat, room]);
  await expect.poll(() => roomProcesses(stage.pid).some((pid) => old.includes(pid))).toBe(false);
  await takePicture(page, "processes-deployed");
});
