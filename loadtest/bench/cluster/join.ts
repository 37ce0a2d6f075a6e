/**
 * Measures what handing a connection over to a room process adds to a join: the time from the matchmaking request to the first state,
 * on a server of one process and on a front with two room processes, which run side by side and are joined in turn.
 */
import { type ColyseusSeat, leaveSeat, takeColyseusSeat } from "#loadtest/bench/clients/colyseusSeat.ts";
import { median, percentile } from "#shared/figures/stats.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { ClusterOptions } from "./options.ts";
import { atMost, inMs, type Measured, type Say } from "./part.ts";
import { type ClusterServer, startCluster } from "./server.ts";

const MOST_ADDED_MS = 2;
/** Joins before anything counts, on each server: V8 compiles what runs often. */
const WARM_UP_JOINS = 100;
const PROCESSES = [1, 2] as const;
/** Joins of one server in a row. */
const RUN = 10;

interface Joined {
  readonly processes: number;
  readonly round: number;
  readonly ms: number;
}

export async function measureJoin(options: ClusterOptions, say: Say): Promise<Measured> {
  const servers: ClusterServer[] = [];
  const residents: ColyseusSeat[] = [];
  const joined: Joined[] = [];
  try {
    for (const processes of PROCESSES) servers.push(await startCluster(processes));
    // Somebody stays, so that no join has to wait for a new room.
    for (const server of servers) residents.push(await takeSeat(server, "Resident"));
    await joinInTurn(servers, Math.min(WARM_UP_JOINS, options.joins), () => {});
    for (let round = 0; round < options.rounds; round++) {
      await joinInTurn(servers, options.joins, (processes, ms) => joined.push({ processes, round, ms }));
      const [one, two] = PROCESSES.map((processes) => median(msOf(joined, processes, round)));
      say(`join: round ${round + 1}, medians ${inMs(one ?? 0)} and ${inMs(two ?? 0)}`);
    }
  } finally {
    for (const { socket } of residents) socket.terminate();
    for (const server of servers) await server.stop();
  }
  return judge(joined, options);
}

const takeSeat = ({ port }: ClusterServer, name: string) =>
  takeColyseusSeat({ port, room: ROOM.arena, name });

/** Alternates in short runs, so that a disturbance of the machine hits both. */
async function joinInTurn(
  servers: readonly ClusterServer[],
  joins: number,
  note: (processes: number, ms: number) => void,
): Promise<void> {
  for (let done = 0; done < joins; done += RUN) {
    for (const [at, server] of servers.entries()) {
      for (let join = done; join < Math.min(joins, done + RUN); join++) {
        const askedAtMs = performance.now();
        const seat = await takeSeat(server, `Joiner ${join}`);
        note(PROCESSES[at] ?? 0, performance.now() - askedAtMs);
        await leaveSeat(seat);
      }
    }
  }
}

const msOf = (joined: readonly Joined[], processes: number, round?: number): number[] =>
  joined
    .filter((join) => join.processes === processes && (round === undefined || join.round === round))
    .map(({ ms }) => ms);

function judge(joined: readonly Joined[], { rounds, joins }: ClusterOptions): Measured {
  const [one, two] = [msOf(joined, 1), msOf(joined, 2)];
  const added = (share: number) => percentile(two, share) - percentile(one, share);
  const both = (ms: readonly number[]) => `${inMs(percentile(ms, 0.5))}, ${inMs(percentile(ms, 0.99))}`;
  const eachRound = Array.from({ length: rounds }, (_, round) =>
    (median(msOf(joined, 2, round)) - median(msOf(joined, 1, round))).toFixed(2),
  );
  const shares = Array.from({ length: 99 }, (_, at) => (at + 1) / 100);
  return {
    verdicts: [
      atMost("a hand-over adds to a join, p50", MOST_ADDED_MS, added(0.5), inMs),
      atMost("a hand-over adds to a join, p99", MOST_ADDED_MS, added(0.99), inMs),
    ],
    details: [
      [`join on one process, p50, p99 of ${rounds * joins}`, both(one)],
      ["join on a front and two room processes, p50, p99", both(two)],
      ["added to the median in each round, ms", eachRound.join(", ")],
    ],
    plots: [
      {
        title: "a join, ms",
        xLabel: "percentile",
        x: shares.map((share) => 100 * share),
        lines: [
          { label: "one process", values: shares.map((share) => percentile(one, share)) },
          { label: "front and two room processes", values: shares.map((share) => percentile(two, share)) },
        ],
      },
    ],
    faults: [],
  };
}
