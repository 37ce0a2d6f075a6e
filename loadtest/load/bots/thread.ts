/** A thread of bots: obeys the crowd's orders, and runs the frames of its bots, spread evenly over time. */
import "./nodeSockets.ts";
import { performance } from "node:perf_hooks";
import { parentPort, workerData } from "node:worker_threads";
import { openBadNetwork } from "#loadtest/network/badNetwork.ts";
import { PROFILES } from "#loadtest/network/profiles.ts";
import { Bot, type Ground } from "./bot.ts";
import { createMaps } from "./maps.ts";
import type { Answers, FromThread, Order, ThreadSetup, ToThread } from "./orders.ts";
import { count, type Sample, Tally } from "./tally.ts";

/** The period of a bot's frames, like a page's. */
const FRAME_MS = 16;
/** The bots take turns within that period, so that they do not all send at the same moment. */
const TURNS = 4;

const NOT_THERE = { agreed: false, why: "the bot is not there" } as const;

// The SDK logs every attempt to reconnect.
console.info = () => {};
console.warn = () => {};

const send = (message: FromThread) => parentPort?.postMessage(message);
const tally = new Tally();
const bots = new Map<number, Bot>();
const setup = await behindNetwork(workerData as ThreadSetup);
const ground: Ground = {
  setup,
  tally,
  arenaOf: createMaps(setup.endpoint),
  report(news, bot) {
    if (news === "gone") bots.delete(bot);
    send({ news, bot });
  },
};

let loop = performance.eventLoopUtilization();
let cpu = process.threadCpuUsage();
let sampledAtMs = performance.now();
let turn = 0;
let turnedAtMs = performance.now();
setInterval(() => {
  turn = (turn + 1) % TURNS;
  const nowMs = performance.now();
  tally.time("late", Math.max(0, nowMs - turnedAtMs - FRAME_MS / TURNS));
  turnedAtMs = nowMs;
  for (const [number, bot] of bots) if (number % TURNS === turn) bot.frame(nowMs);
}, FRAME_MS / TURNS);

parentPort?.on("message", async ({ id, order }: ToThread) => send({ id, answer: await obey(order) }));
send({ news: "ready" });

async function obey(order: Order): Promise<Answers[keyof Answers]> {
  switch (order.do) {
    case "enter":
      return enter(order);
    case "leave":
      await bots.get(order.bot)?.leave();
      return undefined;
    case "drop":
      for (const bot of order.bots) bots.get(bot)?.drop();
      return undefined;
    case "ask":
      return bots.get(order.bot)?.ask(order.request) ?? NOT_THERE;
    case "sample":
      return sample();
  }
}

async function enter({ bot: spec }: Extract<Order, { do: "enter" }>): Promise<Answers["enter"]> {
  try {
    const bot = await Bot.enter(spec, ground);
    bots.set(spec.number, bot);
    return { entered: true, roomId: bot.roomId, isHeld: bot.isHeld };
  } catch (error) {
    const { code, message, cause } = error as Error & { code?: number; cause?: { message?: string } };
    const why = [code, message, cause?.message && `(${cause.message})`].filter(Boolean).join(" ");
    count(tally.joinFailures, why);
    return { entered: false, why };
  }
}

function sample(): Sample {
  const loopNow = performance.eventLoopUtilization();
  const { utilization } = performance.eventLoopUtilization(loopNow, loop);
  loop = loopNow;
  const used = process.threadCpuUsage(cpu);
  cpu = process.threadCpuUsage();
  const elapsedMs = performance.now() - sampledAtMs;
  sampledAtMs = performance.now();
  let connected = 0;
  for (const bot of bots.values()) if (bot.isConnected) connected++;
  return { ...tally.take(), connected, utilization, cpu: (used.user + used.system) / 1000 / elapsedMs };
}

/** Opens a bad network for the bots of this thread, so that the proxy's work is spread over the threads, too. */
async function behindNetwork(given: ThreadSetup): Promise<ThreadSetup> {
  if (given.network === "none") return given;
  const { hostname: host, port } = new URL(given.endpoint);
  const target = { host, port: Number(port) };
  const network = await openBadNetwork({ ...PROFILES[given.network], target, seed: given.seed });
  return { ...given, endpoint: network.url };
}
