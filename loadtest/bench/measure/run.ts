/** One run: a server in one process, its clients in another, and the figures of both. */
import { setTimeout as wait } from "node:timers/promises";
import type { FromClients, ToClients } from "#loadtest/bench/clients/main.ts";
import type { Count } from "#loadtest/bench/clients/swarm.ts";
import type { Figures } from "#loadtest/bench/figures.ts";
import type { Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { RATES } from "#loadtest/bench/scenarios/script.ts";
import type { Fought } from "#loadtest/bench/servers/fight/fightWatch.ts";
import type { ServerName } from "#loadtest/bench/servers/names.ts";
import { type Entry, openTo } from "#loadtest/bench/servers/proxy.ts";
import type { FromServer, Usage } from "#loadtest/bench/servers/serve.ts";
import { watchMachine } from "#loadtest/lib/machine.ts";
import { startFlags } from "#loadtest/lib/server/spawnServer.ts";
import { median, percentile, sum } from "#shared/figures/stats.ts";
import { Child } from "./childProcess.ts";

export interface Order {
  readonly server: ServerName;
  readonly scenario: Scenario;
  readonly warmUpSec: number;
  readonly seconds: number;
  /** Where the server writes a CPU profile of itself, if given. */
  readonly profile?: { readonly folder: string; readonly name: string } | undefined;
}

export interface Outcome {
  /** Undefined if the run failed. */
  readonly figures: Figures | undefined;
  /** Why the figures do not count: the server or the clients failed or fell behind. */
  readonly fault: string | undefined;
  /** CPU of the clients' process, in cores. */
  readonly clientsCpu: number;
  /** CPU of all other processes of the machine, in cores. */
  readonly othersCpu: number;
}

const SERVE = new URL("../servers/serve.ts", import.meta.url);
const CLIENTS = new URL("../clients/main.ts", import.meta.url);
const START_MS = 30_000;
const JOIN_MS_PER_PLAYER = 250;
const ANSWER_MS = 20_000;

/** Beyond these bounds a server does less work than it was asked for, and its figures cannot be compared. */
const LEAST_PATCHES_HELD = 0.95;
const LEAST_COMMANDS_SENT = 0.97;
const MOST_CLIENTS_CPU = 0.9;
const MOST_MEDIAN_LATENCY_MS = 2000;

/** Never rejects: a failure is the outcome's fault. */
export async function run(order: Order): Promise<Outcome> {
  const { server, scenario, profile } = order;
  const profiling = profile
    ? ["--cpu-prof", `--cpu-prof-dir=${profile.folder}`, `--cpu-prof-name=${profile.name}`]
    : [];
  // Fracas runs with the flags of `npm start`, the others with Node's defaults.
  const flags = server.startsWith("fracas") ? startFlags() : [];
  const serving = new Child<FromServer>(SERVE, [server, JSON.stringify(scenario)], [...flags, ...profiling]);
  const clients = new Child<FromClients>(CLIENTS);
  let entry: Entry | undefined;
  try {
    const { port } = (await serving.ask(undefined, START_MS)) as { port: number };
    entry = await openTo(server, port);
    return await measure(order, serving, entry, clients);
  } catch (error) {
    return { figures: undefined, fault: (error as Error).message, clientsCpu: 0, othersCpu: 0 };
  } finally {
    await clients.close();
    await entry?.close();
    await serving.close();
  }
}

async function measure(
  { server, scenario, warmUpSec, seconds }: Order,
  serving: Child<FromServer>,
  entry: Entry,
  clients: Child<FromClients>,
): Promise<Outcome> {
  const command = async (order: ToClients, withinMs = ANSWER_MS) => {
    const answer = await clients.ask(order, withinMs);
    if ("failed" in answer) throw new Error(answer.failed);
    return answer;
  };
  const read = async (): Promise<Reading> => {
    const usage = usageIn(await serving.ask({}, ANSWER_MS));
    return { ...usage, proxyMs: entry.cpuMs() };
  };

  const empty = await read();
  const { port } = entry;
  await command({ do: "join", server, port, scenario }, START_MS + scenario.players * JOIN_MS_PER_PLAYER);
  await command({ do: "start" });
  await wait(warmUpSec * 1000);
  await command({ do: "reset" });
  const busyCoresSince = watchMachine();
  const before = await read();
  await wait(seconds * 1000);
  const after = await read();
  const busyCores = busyCoresSince();
  const counted = await command({ do: "count" });
  if (!("count" in counted)) throw new Error("the clients did not count");
  const { count } = counted;
  const figures = figuresOf(scenario.players, { empty, before, after }, count);
  const serverCpu = ((figures.cpuUs + figures.proxyCpuUs) * scenario.players) / 1e6;
  return {
    figures,
    fault: faultOf(scenario, figures, count),
    clientsCpu: count.cpuShare,
    othersCpu: Math.max(0, busyCores - serverCpu - count.cpuShare),
  };
}

function usageIn(answer: FromServer): Usage {
  if (!("usage" in answer)) throw new Error("the server did not report its usage");
  return answer.usage;
}

export interface Reading extends Usage {
  readonly proxyMs: number;
}

interface Readings {
  readonly empty: Reading;
  readonly before: Reading;
  readonly after: Reading;
}

export function figuresOf(players: number, { empty, before, after }: Readings, count: Count): Figures {
  const seconds = (after.atMs - before.atMs) / 1000;
  const cpuUs = (beforeMs: number, afterMs: number) => ((afterMs - beforeMs) * 1000) / (players * seconds);
  const perSec = (what: keyof Fought) => (after.fought[what] - before.fought[what]) / seconds;
  const cpuUserUs = cpuUs(before.userMs, after.userMs);
  const cpuSystemUs = cpuUs(before.systemMs, after.systemMs);
  return {
    cpuUserUs,
    cpuSystemUs,
    cpuUs: cpuUserUs + cpuSystemUs,
    proxyCpuUs: cpuUs(before.proxyMs, after.proxyMs),
    bytes: count.bytes / players / count.seconds,
    patchesHeld: count.patches / (players * count.seconds * RATES.patchesPerSec),
    patchesPerSec: (1000 * count.intervalsMs.length) / sum(count.intervalsMs),
    intervalP99Ms: percentile(count.intervalsMs, 0.99),
    latencyP50Ms: percentile(count.latenciesMs, 0.5),
    latencyP99Ms: percentile(count.latenciesMs, 0.99),
    rssKb: (after.rssBytes - empty.rssBytes) / 1024 / players,
    recordedBytes: (after.recordedBytes - before.recordedBytes) / (players * seconds),
    shots: perSec("shots"),
    hits: perSec("hits"),
    kills: perSec("kills"),
    pickups: perSec("pickups"),
  };
}

/** Why a run is no valid measurement of the server at this size; undefined if it is valid. */
export function faultOf(
  { kind, players }: Pick<Scenario, "kind" | "players">,
  { patchesHeld: held, hits }: Pick<Figures, "patchesHeld" | "hits">,
  count: Count,
): string | undefined {
  const sent = count.commands / (players * count.seconds * RATES.ticksPerSec);
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  if (count.open < players) return `${players - count.open} of ${players} connections were lost`;
  if (sent < LEAST_COMMANDS_SENT || count.cpuShare > MOST_CLIENTS_CPU) {
    return `the clients fell behind (${percent(sent)} of the commands sent, ${percent(count.cpuShare)} of a core used): the run says nothing about the server`;
  }
  if (held < LEAST_PATCHES_HELD) return `did not hold: ${percent(held)} of the patches`;
  const latencyMs = median(count.latenciesMs);
  if (latencyMs > MOST_MEDIAN_LATENCY_MS) {
    return `did not hold: a command took ${latencyMs.toFixed(0)} ms to show, at the median`;
  }
  if (kind === "fight" && hits === 0) return "nobody was hit: there was no fight";
  return undefined;
}
