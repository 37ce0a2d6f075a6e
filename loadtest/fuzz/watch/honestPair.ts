/** Two honest players in a process of their own (honestPlayers.ts), so that the fuzzer's work does not delay them. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type FromHonestPair, HONEST_ENV } from "./honestReport.ts";

export interface HonestPair {
  readonly room: string;
  /** All gaps between patches so far, ms. */
  readonly patchGapsMs: number[];
  readonly corrections: { count: number; largestPx: number };
  onDisturbed(listener: (what: string) => void): void;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("./honestPlayers.ts", import.meta.url));
const ENTER_MS = 30_000;

export async function startHonestPair(url: string, token: string): Promise<HonestPair> {
  const child = fork(MAIN, {
    env: { PATH: process.env.PATH, [HONEST_ENV.url]: url, [HONEST_ENV.token]: token },
    execArgv: [],
    // The SDK prints every attempt to reconnect; what matters comes as a message.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    detached: true,
  });
  const listeners: ((what: string) => void)[] = [];
  const patchGapsMs: number[] = [];
  const corrections = { count: 0, largestPx: 0 };
  let isStopping = false;
  child.on("message", (message) => {
    const news = message as FromHonestPair;
    if (news.kind === "disturbed") for (const listener of listeners) listener(news.what);
    if (news.kind !== "report") return;
    patchGapsMs.push(...news.patchGapsMs);
    corrections.count += news.corrections;
    corrections.largestPx = Math.max(corrections.largestPx, news.largestCorrectionPx);
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  void ended.then(() => {
    if (!isStopping) for (const listener of listeners) listener("the honest pair's own process ended");
  });
  const room = await entered(child).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  return {
    room,
    patchGapsMs,
    corrections,
    onDisturbed: (listener) => listeners.push(listener),
    async stop() {
      isStopping = true;
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Resolves with the id of the room that both have joined. */
function entered(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the honest pair did not join in time")), ENTER_MS);
    child.on("message", (message) => {
      const news = message as FromHonestPair;
      if (news.kind !== "entered") return;
      clearTimeout(timer);
      resolve(news.room);
    });
    child.once("exit", () => reject(new Error("the honest pair's process ended before it joined")));
  });
}
