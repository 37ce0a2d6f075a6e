/** A thread full of bots: does what the crowd orders, and moves them all, spread evenly over time. */
import "./nodeSockets.ts";
import { performance } from "node:perf_hooks";
import { parentPort, workerData } from "node:worker_threads";
import { openBadNetwork } from "#loadtest/network/badNetwork.ts";
import { PROFILES } from "#loadtest/network/profiles.ts";
import { Bot, type Ground } from "./bot.ts";
import { createMaps } from "./maps.ts";
import type { Answers, Asked, Order, ThreadSetup, Told } from "./orders.ts";
import { count, type Sample, Tally } from "./tally.ts";

/** A page draws sixty times a second; not all pages at the same moment. */
const FRAME_MS = 16;
const TURNS = 4;

const NOT_THERE = { agreed: false, why: "the bot is not there" } as const;

// The SDK tells of every try to come back.
console.info = () => {};
console.warn = () => {};

const tell = (told: Told) => parentPort?.postMessage(told);
const tally = new Tally();
const bots = new Map<number, Bot>();
const setup = await behindNetwork(workerData as ThreadSetup);
const ground: Ground = {
  setup,
  tally,
  arenaOf: createMaps(setup.endpoint),
  tell(news, bot) {
    if (news === "gone") bots.delete(bot);
    tell({ news, bot });
  },
};

let loop = performance.eventLoopUtilization();
let cpu = process.threadCpuUsage();
let sampledAt = performance.now();
let turn = 0;
let turnedAt = performance.now();
setInterval(() => {
  turn = (turn + 1) % TURNS;
  const now = performance.now();
  tally.time("late", Math.max(0, now - turnedAt - FRAME_MS / TURNS));
  turnedAt = now;
  for (const [number, bot] of bots) if (number % TURNS === turn) bot.frame(now);
}, FRAME_MS / TURNS);

parentPort?.on("message", async ({ id, order }: Asked) => tell({ id, answer: await obey(order) }));
tell({ news: "ready" });

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
    const { roomId, spectates, held } = bot;
    return { entered: true, roomId, spectates, held };
  } catch (error) {
    const { code, message, cause } = error as Error & { code?: number; cause?: { message?: string } };
    const why = [code, message, cause?.message && `(${cause.message})`].filter(Boolean).join(" ");
    count(tally.joinFailures, why);
    return { entered: false, why };
  }
}

function sample(): Sample {
  const now = performance.eventLoopUtilization();
  const { utilization } = performance.eventLoopUtilization(now, loop);
  loop = now;
  const used = process.threadCpuUsage(cpu);
  cpu = process.threadCpuUsage();
  const elapsedMs = performance.now() - sampledAt;
  sampledAt = performance.now();
  let connected = 0;
  for (const bot of bots.values()) if (bot.connected) connected++;
  return { ...tally.take(), connected, utilization, cpu: (used.user + used.system) / 1000 / elapsedMs };
}

/** A proxy in each thread: it works for the bots that are behind it. */
async function behindNetwork(given: ThreadSetup): Promise<ThreadSetup> {
  if (given.network === "none") return given;
  const { hostname: host, port } = new URL(given.endpoint);
  const target = { host, port: Number(port) };
  const network = await openBadNetwork({ ...PROFILES[given.network], target, seed: given.seed });
  return { ...given, endpoint: network.url };
}
