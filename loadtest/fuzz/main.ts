/** `npm run fuzz`: attacks a real server with broken frames and requests, while honest players play in the room. */
import { basename } from "node:path";
import { errorText } from "#loadtest/lib/cli/options.ts";
import { plural } from "#loadtest/lib/text.ts";
import type { Run } from "./context.ts";
import { measureCosts } from "./costs/run.ts";
import { attackEditors, attackSummary } from "./hostileEditors.ts";
import { hostileSummary, readHostileFiles } from "./hostileReplays.ts";
import { narrow } from "./narrow.ts";
import { type FuzzOptions, helpText, parseFuzzCommand } from "./options.ts";
import { progressLine, summary } from "./report.ts";
import { runFuzz } from "./run.ts";

const PROGRESS_MS = 1000;
const say = (line: string) => process.stdout.write(`${line}\n`);
const interruption = new AbortController();

try {
  const command = parseFuzzCommand(process.argv.slice(2));
  // These save nothing: a signal ends them as it ends any program.
  if (command.kind === "run" || command.kind === "narrow")
    for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());
  if (command.kind === "help") say(helpText());
  if (command.kind === "narrow") say(await narrow(command.file, interruption.signal, say));
  if (command.kind === "costs") await costs(command.rounds);
  if (command.kind === "replays") await replays(command.files, command.seed);
  if (command.kind === "editors") await editors(command.messages, command.seed);
  if (command.kind === "run") await run(command.options);
} catch (error) {
  process.stderr.write(`${errorText(error)}\n`);
  process.exitCode = 1;
}

async function costs(rounds: number): Promise<void> {
  const over = await measureCosts(rounds, say);
  say(over.length === 0 ? "PASSED" : `FAILED: ${plural(over.length, "row")} over a bound`);
  // Sockets that the server keeps for a moment would hold the process.
  process.exit(over.length === 0 ? 0 : 1);
}

async function replays(files: number, seed: number): Promise<void> {
  const result = await readHostileFiles(files, seed, say);
  say(hostileSummary(result));
  say(result.faults.length === 0 ? "PASSED" : `FAILED: ${plural(result.faults.length, "file")}`);
  if (result.faults.length > 0) process.exitCode = 1;
}

async function editors(messages: number, seed: number): Promise<void> {
  const result = await attackEditors(messages, seed, say);
  say(attackSummary(result));
  say(result.faults.length === 0 ? "PASSED" : `FAILED: ${plural(result.faults.length, "fault")}`);
  if (result.faults.length > 0) process.exitCode = 1;
}

async function run(options: FuzzOptions): Promise<void> {
  let progress: NodeJS.Timeout | undefined;
  const showProgress = (started: Run) => {
    progress = setInterval(() => say(progressLine(started, options.frames)), PROGRESS_MS);
  };
  const result = await runFuzz(options, interruption.signal, { onStart: showProgress }).finally(() =>
    clearInterval(progress),
  );
  say(summary(result));
  if (!result.violation) {
    say("PASSED");
    return;
  }
  const { what, savedAs } = result.violation;
  say(`FAILED: ${what}`);
  if (savedAs)
    say(
      `saved as ${savedAs}: npm run fuzz -- --narrow ${basename(savedAs)} finds which part of it is needed`,
    );
  process.exitCode = 1;
}
