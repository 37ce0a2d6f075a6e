/**
 * Capacity: CPU a player on one process that does everything, and on a front with two room processes, with the same number
 * of players for each process that has rooms. At equal CPU a player two processes would hold twice as many.
 */
import { setTimeout as wait } from "node:timers/promises";
import { spreadOf } from "#loadtest/bench/figures.ts";
import type { FightScenario } from "#loadtest/bench/scenarios/fight.ts";
import { median } from "#shared/figures/stats.ts";
import { faultOf, fightEnvironment, lightPlayersOn } from "./lightPlayers.ts";
import type { ClusterOptions } from "./options.ts";
import { atLeast, type Measured, type Say } from "./part.ts";
import { cpuBetween } from "./scrape.ts";
import { startCluster } from "./server.ts";

const ROOM_SIZE = 8;
const LEAST_GAIN = 1.9;
const ROOM_PROCESSES = [1, 2] as const;
type Count = (typeof ROOM_PROCESSES)[number];

/** CPU a player and second, µs. */
interface Cost {
  readonly processes: Count;
  readonly round: number;
  readonly allUs: number;
  readonly frontUs: number;
  readonly roomsUs: number;
  readonly fault: string | undefined;
}

export async function measureCapacity(options: ClusterOptions, say: Say): Promise<Measured> {
  const costs: Cost[] = [];
  for (let round = 0; round < options.rounds; round++) {
    // Each round begins with the other server.
    const order = round % 2 === 0 ? ROOM_PROCESSES : ROOM_PROCESSES.toReversed();
    for (const processes of order) {
      const cost = await measureCost(processes, round, options);
      costs.push(cost);
      const fault = cost.fault ? `; ${cost.fault}` : "";
      say(
        `capacity: round ${round + 1}, ${processes} × rooms: ${cost.allUs.toFixed(0)} µs/s a player${fault}`,
      );
    }
  }
  return judge(costs, options);
}

async function measureCost(processes: Count, round: number, options: ClusterOptions): Promise<Cost> {
  const players = options.players * processes;
  const scenario: FightScenario = { kind: "fight", seed: options.seed + round, players, roomSize: ROOM_SIZE };
  const server = await startCluster(processes, fightEnvironment(scenario));
  try {
    const clients = await lightPlayersOn(server.port, scenario);
    try {
      await wait(options.warmUpSec * 1000);
      await clients.reset();
      const before = await server.scrape();
      await wait(options.seconds * 1000);
      const after = await server.scrape();
      const fault = faultOf(players, await clients.count());
      const { front, rooms } = cpuBetween(before, after);
      const aPlayer = (share: number) => (share * 1e6) / players;
      const costs = { allUs: aPlayer(front + rooms), frontUs: aPlayer(front), roomsUs: aPlayer(rooms) };
      return { processes, round, ...costs, fault };
    } finally {
      await clients.close();
    }
  } finally {
    await server.stop();
  }
}

function judge(costs: readonly Cost[], { rounds, players }: ClusterOptions): Measured {
  const ofRound = (round: number, processes: Count) =>
    costs.find((cost) => cost.round === round && cost.processes === processes && !cost.fault);
  const gains = Array.from({ length: rounds }, (_, round) => {
    const [one, two] = [ofRound(round, 1), ofRound(round, 2)];
    return one && two ? (2 * one.allUs) / two.allUs : undefined;
  });
  const counted = gains.filter((gain) => gain !== undefined);
  const times = (gain: number) => `${gain.toFixed(2)}×`;
  const cell = (processes: Count, read: (cost: Cost) => number) => {
    const values = costs.filter((cost) => cost.processes === processes).map(read);
    const { median, least, most } = spreadOf(values);
    return `${median.toFixed(0)} (${least.toFixed(0)}–${most.toFixed(0)}) µs/s`;
  };
  return {
    verdicts: [
      atLeast(
        `players of two room processes against one process, ${players} each, at equal CPU a player`,
        LEAST_GAIN,
        median(counted),
        times,
      ),
    ],
    details: [
      ["CPU a player, one process", cell(1, ({ allUs }) => allUs)],
      ["CPU a player, front and two room processes", cell(2, ({ allUs }) => allUs)],
      ["… of the front", cell(2, ({ frontUs }) => frontUs)],
      ["… of the room processes", cell(2, ({ roomsUs }) => roomsUs)],
      ["gain in each round", gains.map((gain) => (gain === undefined ? "–" : times(gain))).join(", ")],
    ],
    plots: [
      {
        title: "CPU a player, µs/s",
        xLabel: "round",
        x: gains.map((_, round) => round + 1),
        lines: ROOM_PROCESSES.map((processes) => ({
          label: processes === 1 ? "one process" : "front and two room processes",
          values: gains.map((_, round) => ofRound(round, processes)?.allUs ?? null),
        })),
      },
    ],
    faults: costs.flatMap(({ processes, round, fault }) =>
      fault ? [`round ${round + 1}, ${processes} × rooms: ${fault}`] : [],
    ),
  };
}
