/** What the watch inside a server says: of a loop that works too long, and of one that was not let run. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import type { FromServer, Stall } from "./serverWatch.ts";

const WATCH = new URL("serverWatch.ts", import.meta.url).href;
const WORK = "const until = performance.now() + 400; while (performance.now() < until);";

let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

/** A process that lives on, and works for 400 ms when it is told to. */
async function startWatched(): Promise<ChildProcess> {
  const program = `setInterval(() => {}, 1000); process.on("message", (what) => { if (what === "work") { ${WORK} } });`;
  child = spawn(process.execPath, ["--import", WATCH, "--eval", program], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  // Two: what the start took is in the first.
  for (let i = 0; i < 2; i++) await report(child);
  return child;
}

async function report(process: ChildProcess): Promise<Stall[]> {
  for (;;) {
    const [message] = (await once(process, "message")) as [FromServer];
    if (message.kind === "report") return message.stalls;
  }
}

const longest = (stalls: readonly Stall[]) =>
  stalls.reduce((worst, stall) => (stall.delayMs > worst.delayMs ? stall : worst));

test("[FUZZ-16] a loop that works for 400 ms is told of as one that burnt CPU", async () => {
  const watched = await startWatched();
  watched.send("work");
  const { delayMs, cpuMs } = longest(await report(watched));
  expect(delayMs).toBeGreaterThan(300);
  // A busy machine may have given it less than a whole core, but it had no less than the work asks for on its clock.
  expect(cpuMs).toBeGreaterThan(100);
});

test.skipIf(process.platform === "win32")(
  "[FUZZ-17] a process that was not let run for 400 ms is told of as late, and not as one that worked",
  async () => {
    const watched = await startWatched();
    watched.kill("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 400));
    watched.kill("SIGCONT");
    const { delayMs, cpuMs } = longest(await report(watched));
    expect(delayMs).toBeGreaterThan(250);
    expect(cpuMs).toBeLessThan(100);
  },
);

test("[FUZZ-18] the server ends when the fuzzer is gone", async () => {
  const watched = await startWatched();
  watched.disconnect();
  await once(watched, "exit");
  expect(watched.exitCode).toBe(1);
});
