/** The entry point: environment → listen → drain. */
import { isatty } from "node:tty";
import type { App } from "./app.ts";
import { ConfigError, parseConfig, type ServerConfig } from "./config.ts";
import { drain } from "./drain.ts";
import { placeOf } from "./listening.ts";
import { flushLog, log } from "./log.ts";
import { describeListenError, jwtSecretOf, urlOf, warnOfOpenOrigins } from "./starting.ts";

/** npm passes Ctrl+C on to a process that the terminal has interrupted already: both count as one signal. */
const SAME_SIGNAL_WITHIN_MS = 500;

const config = await readConfig();
const jwtSecret = await secretOf(config);
if (config.processes === 1) await startAlone({ ...config, jwtSecret });
else {
  const { runPrimary } = await import("./cluster/generations/primary.ts");
  await exit(await runPrimary(config, jwtSecret));
}

async function startAlone(config: ServerConfig): Promise<void> {
  // Imported after the environment is parsed, because the app reads its maps on import.
  const { createApp } = await import("./app.ts").catch((error: Error) => stop(error.message));
  const app = await createApp(config).catch((error: Error) => stop(error.message));
  // Before the server says that it is open, because a signal may follow at once.
  drainOnEnd(app, config);
  await open(app, config);
}

async function open(app: App, config: ServerConfig): Promise<void> {
  const { port, host, logLevel } = config;
  try {
    await app.listen(placeOf(config, process.env));
  } catch (error) {
    await stop(error instanceof ConfigError ? error.message : describeListenError(error, port, host));
  }
  warnOfOpenOrigins(config);
  log.info(`Fracas is open: ${urlOf(app.http)}`);
  // Set last, so that even a quiet server logs its address, or why it could not start.
  log.level = logLevel;
}

/** Drains on the first signal or failure; exits at once on a second signal. */
function drainOnEnd(app: App, { drainSeconds }: ServerConfig): void {
  let endingSince: number | undefined;
  const end = async (exitCode: number) => {
    endingSince = performance.now();
    try {
      await exit((await drain(app, drainSeconds, exitCode !== 0)) ? exitCode : 1);
    } catch (error) {
      log.fatal({ err: error }, "closing failed: exiting at once");
      await exit(1);
    }
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (endingSince === undefined) void end(0);
      else if (performance.now() - endingSince > SAME_SIGNAL_WITHIN_MS) void exit(1);
    });
  }
  // Node undoes nohup, so the server decides itself whether a hang-up concerns it. Asked now: later the terminal is gone.
  const hasTerminal = isatty(0) || isatty(1);
  process.on("SIGHUP", () => {
    if (!hasTerminal) log.info("SIGHUP ignored: there is no terminal, and no configuration to reload");
    else if (endingSince === undefined) void end(0);
  });
  for (const failure of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(failure, (error: unknown) => {
      log.fatal({ err: error, failure }, "the server failed: it closes, and must be restarted");
      if (endingSince === undefined) void end(1);
    });
  }
}

async function secretOf(config: ServerConfig): Promise<string | undefined> {
  try {
    return jwtSecretOf(config);
  } catch (error) {
    return stop((error as Error).message);
  }
}

async function readConfig(): Promise<ServerConfig> {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return stop(error.message);
    throw error;
  }
}

async function stop(reason: string): Promise<never> {
  log.level = "fatal";
  log.fatal(reason);
  return exit(1);
}

async function exit(code: number): Promise<never> {
  await flushLog();
  process.exit(code);
}
