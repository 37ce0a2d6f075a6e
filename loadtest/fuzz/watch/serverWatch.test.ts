/** The watch inside a server: it tells an event loop that works too long from one that was not scheduled. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import type { FromServer, Stall } from "./serverWatch.ts";

const WATCH = new URL("serverWatch.ts", import.meta.url).href;
/** Uses 400 ms of CPU, however much of a core the machine gives it. */
const WORK =
  "const before = process.threadCpuUsage(); do { used = process.threadCpuUsage(before); } while (used.user + used.system < 400_000);";

let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

/** Starts a process that runs WORK on the message "work". */
async function startWatched(): Promise<ChildProcess> {
  const program = `let used; setInterval(() => {}, 1000); process.on("message", (what) => { if (what === "work") { ${WORK} } });`;
  child = spawn(process.execPath, ["--import", WATCH, "--eval", program], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  // The first report includes the start.
  for (let i = 0; i < 2; i++) await once(child, "message");
  return child;
}

/** Resolves to the first stall of at least `leastMs`; a busy machine adds short ones. */
async function stallOf(process: ChildProcess, leastMs: number): Promise<Stall> {
  for (;;) {
    const [message] = (await once(process, "message")) as [FromServer];
    const found = message.kind === "report" && message.stalls.find(({ delayMs }) => delayMs >= leastMs);
    if (found) return found;
  }
}

test("[FUZZ-16] a loop that works for 400 ms is reported as late, with its CPU", async () => {
  const watched = await startWatched();
  watched.send("work");
  expect((await stallOf(watched, 300)).cpuMs).toBeGreaterThan(100);
});

test.skipIf(process.platform === "win32")(
  "[FUZZ-17] a process that was stopped for 400 ms is reported as late, without CPU",
  async () => {
    const watched = await startWatched();
    watched.kill("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 400));
    watched.kill("SIGCONT");
    expect((await stallOf(watched, 250)).cpuMs).toBeLessThan(100);
  },
);

test("[FUZZ-18] the server ends when the fuzzer is gone", async () => {
  const watched = await startWatched();
  watched.disconnect();
  await once(watched, "exit");
  expect(watched.exitCode).toBe(1);
});
