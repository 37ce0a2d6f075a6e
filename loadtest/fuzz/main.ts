/** `npm run fuzz`: everything that may come in over the wire, at a real server, with honest players in the room. */
import { basename } from "node:path";
import { OptionError } from "#loadtest/lib/cli/options.ts";
import { narrow } from "./narrow.ts";
import { type FuzzOptions, helpText, parseFuzzCommand } from "./options.ts";
import { progressLine, summary } from "./report.ts";
import { type Run, runFuzz } from "./run.ts";

const PROGRESS_MS = 1000;
const say = (line: string) => process.stdout.write(`${line}\n`);
const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());

try {
  const command = parseFuzzCommand(process.argv.slice(2));
  if (command.kind === "help") say(helpText());
  if (command.kind === "narrow") say(await narrow(command.file, interruption.signal, say));
  if (command.kind === "run") await run(command.options);
} catch (error) {
  process.stderr.write(`${error instanceof OptionError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}

async function run(options: FuzzOptions): Promise<void> {
  let progress: NodeJS.Timeout | undefined;
  const showProgress = (started: Run) => {
    progress = setInterval(() => say(progressLine(started, options.frames)), PROGRESS_MS);
  };
  const result = await runFuzz(options, interruption.signal, showProgress).finally(() =>
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
    say(`saved as ${savedAs}: npm run fuzz -- --narrow ${basename(savedAs)} finds what of it is to blame`);
  process.exitCode = 1;
}
