/** Makes and ends many rooms, and looks whether anything of them is left: memory, handles, rows, snapshots, files. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type ColyseusSeat, leaveSeat, takeColyseusSeat } from "#loadtest/bench/clients/colyseusSeat.ts";
import type { Verdict } from "#loadtest/bench/targets.ts";
import { within } from "#loadtest/lib/server/spawnServer.ts";
import { EMPTY_ROOM_MS, SEAT_KEPT_SEC } from "#shared/config.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";
import { type Growth, grows, growthOf } from "./growth.ts";
import { type Measured, none, type Say } from "./part.ts";
import { commandOf, descendantsOf } from "./processTree.ts";
import type { Scrape } from "./scrape.ts";
import { type ClusterServer, eventually, PRELOAD, startCluster } from "./server.ts";

export interface SoakOptions {
  /** Public rooms. */
  readonly rooms: number;
  /** Hosted rooms after that. */
  readonly hosted: number;
  readonly seed: number;
  readonly processes: number;
  /** Rooms at the same time. */
  readonly lanes: number;
  /** The share of rooms whose second client drops: the seat is kept for half a minute. */
  readonly dropShare: number;
}

export const SOAK: Omit<SoakOptions, "rooms" | "hosted" | "seed"> = {
  processes: 4,
  lanes: 8,
  dropShare: 0.05,
};

const STAGES = 12;
const WARM_UP_STAGES = 2;
const MB = 2 ** 20;
const FLOOR_BYTES = 2 * MB;
const FLOOR_HANDLES = 2;
/** SIGUSR2 would end a process that does not expect it. */
const isPreloaded = (pid: number): boolean => commandOf(pid).includes(PRELOAD.href);

/** All rooms have ended, also those with a kept seat. */
const ENDED_WITHIN_MS = SEAT_KEPT_SEC * 1000 + 30_000;
const HOSTED_WITHIN_MS = EMPTY_ROOM_MS + 60_000;

/** Gauges of each process that must not keep growing. */
const GROWING = {
  heap: { metric: "nodejs_heap_size_used_bytes", floor: FLOOR_BYTES },
  memory: { metric: "process_resident_memory_bytes", floor: FLOOR_BYTES },
  external: { metric: "nodejs_external_memory_bytes", floor: FLOOR_BYTES },
  handles: { metric: "nodejs_active_resources_total", floor: FLOOR_HANDLES },
  files: { metric: "process_open_fds", floor: FLOOR_HANDLES },
} as const;
type Growing = keyof typeof GROWING;
const GROWING_NAMES = Object.keys(GROWING) as Growing[];

/** Gauges that must be zero, summed over the processes, when all rooms have ended. */
const ZERO = [
  "fracas_rooms",
  "fracas_clients",
  "fracas_directory_rooms",
  "fracas_sockets_handed_over",
  "fracas_snapshots_kept",
  "fracas_seats_reserved",
] as const;

export interface Reading {
  /** Rooms that had been made and ended. */
  readonly rooms: number;
  /** Process → readings. */
  readonly values: Readonly<Record<Growing, ReadonlyMap<string, number>>>;
}

export interface SoakFound {
  readonly readings: readonly Reading[];
  /** The gauges of ZERO at the end; undefined if there is no such metric. */
  readonly left: ReadonlyMap<string, number | undefined>;
  /** Files in DATA_DIR/rooms at the end. */
  readonly files: number;
  readonly made: number;
  readonly tookMs: number;
  readonly faults: readonly string[];
}

export async function measureSoak(options: SoakOptions, say: Say): Promise<Measured> {
  const found = await soak(options, say);
  const counted = found.readings.slice(WARM_UP_STAGES);
  const processes = [...(counted[0]?.values.heap.keys() ?? [])];
  const growths = GROWING_NAMES.map((name) => ({
    name,
    ...worstOf(processes.map((process) => ({ process, growth: growthIn(counted, name, process) }))),
  }));
  return {
    verdicts: [
      ...growths.map(({ name, process, growth }) => growthVerdict(name, process, growth)),
      ...Array.from(found.left, ([metric, left]) => none(`${metric} at the end`, left)),
      none("files in DATA_DIR/rooms at the end", found.files),
    ],
    details: [
      ["rooms made and ended", `${found.made} in ${(found.tookMs / 60_000).toFixed(1)} min`],
      ...processes.flatMap((process) =>
        GROWING_NAMES.map((name) => {
          const { first, last } = growthIn(counted, name, process);
          return [
            `${process}: ${name}, first and last reading`,
            `${shown(name, first)}, ${shown(name, last)}`,
          ] as const;
        }),
      ),
    ],
    plots: (["heap", "memory", "handles"] as const).map((name) => ({
      title: name === "handles" ? name : `${name}, MB`,
      xLabel: "rooms",
      x: found.readings.map(({ rooms }) => rooms),
      lines: processes.map((process) => ({
        label: process,
        values: found.readings.map(({ values }) => {
          const value = values[name].get(process) ?? 0;
          return name === "handles" ? value : value / MB;
        }),
      })),
    })),
    faults: found.faults,
  };
}

const shown = (name: Growing, value: number): string =>
  name === "handles" || name === "files" ? value.toFixed(1) : `${(value / MB).toFixed(1)} MB`;

const growthIn = (readings: readonly Reading[], name: Growing, process: string): Growth =>
  growthOf(
    readings.map(({ rooms }) => rooms),
    readings.map(({ values }) => values[name].get(process) ?? 0),
    GROWING[name].floor,
  );

interface OfProcess {
  readonly process: string;
  readonly growth: Growth;
}

/** The process that is nearest to growing. */
function worstOf(all: readonly OfProcess[]): OfProcess {
  const [worst] = [...all].sort(
    (a, b) => b.growth.grown - b.growth.noise - (a.growth.grown - a.growth.noise),
  );
  if (!worst) throw new Error("no process was read");
  return worst;
}

const growthVerdict = (name: Growing, process: string, growth: Growth): Verdict => ({
  what: `growth of ${name} (${process})`,
  wanted: `≤ ${shown(name, growth.noise)}`,
  found: shown(name, growth.grown),
  ok: !grows(growth),
});

export async function soak(options: SoakOptions, say: Say): Promise<SoakFound> {
  const { rooms, hosted, processes } = options;
  const server = await startCluster(processes, { MAX_ROOMS: "2000", MAX_CLIENTS: "5000" });
  const startedAtMs = performance.now();
  const faults: string[] = [];
  const readings: Reading[] = [];
  const random = seededRandom(options.seed);
  try {
    let made = 0;
    for (let stage = 1; stage <= STAGES; stage++) {
      const due = Math.round((rooms * stage) / STAGES) - made;
      await makeRooms(server, due, { ...options, random, faults });
      made += due;
      await allEnded(server, ENDED_WITHIN_MS);
      readings.push(await readProcesses(server, made));
      say(`soak: ${made}/${rooms} rooms, ${((performance.now() - startedAtMs) / 1000).toFixed(0)} s`);
    }
    if (hosted > 0) {
      say(`soak: ${hosted} hosted rooms, which end in five minutes`);
      await makeRooms(server, hosted, { ...options, dropShare: 0, isHosted: true, random, faults });
      await allEnded(server, HOSTED_WITHIN_MS);
    }
    const last = await server.scrape();
    for (const [error, times] of server.errors) faults.push(`the server logged ${times} ×: ${error}`);
    return {
      ...{ readings, faults: faults.slice(0, FAULTS_MAX), made: made + hosted },
      left: new Map(ZERO.map((metric) => [metric, last.sum(metric)])),
      files: filesIn(join(server.dataDir, "rooms")),
      tookMs: performance.now() - startedAtMs,
    };
  } finally {
    await server.stop();
  }
}

const FAULTS_MAX = 10;

const filesIn = (folder: string): number => (existsSync(folder) ? readdirSync(folder).length : 0);

interface Making extends Pick<SoakOptions, "lanes" | "dropShare"> {
  readonly isHosted?: boolean;
  readonly random: Random;
  readonly faults: string[];
}

/** Resolves when so many rooms have been left by everybody. */
async function makeRooms({ port }: ClusterServer, count: number, making: Making): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next++ < count) {
      const drops = making.random.next() < making.dropShare;
      await within(LIFE_WITHIN_MS, useRoom(port, drops, making.isHosted ?? false)).catch((error: Error) =>
        making.faults.push(`a room failed: ${error.message}`),
      );
    }
  };
  await Promise.all(Array.from({ length: making.lanes }, lane));
}

const LIFE_WITHIN_MS = 60_000;

async function useRoom(port: number, drops: boolean, isHosted: boolean): Promise<void> {
  const seats: ColyseusSeat[] = [];
  try {
    const asked = { private: isHosted };
    const first = await takeColyseusSeat({ port, room: ROOM.arena, name: "First", method: "create", asked });
    seats.push(first);
    seats.push(await takeColyseusSeat({ port, room: first.roomId, name: "Second", method: "joinById" }));
    const [, second] = seats;
    if (drops) second?.socket.terminate();
    else if (second) await leaveSeat(second);
    await leaveSeat(first);
  } finally {
    for (const { socket } of seats) socket.terminate();
  }
}

/** Resolves when no process has a room. */
const allEnded = (server: ClusterServer, withinMs: number): Promise<Scrape> =>
  eventually("all rooms have ended", withinMs, async () => {
    const scrape = await server.scrape();
    const isEmpty = ["fracas_rooms", "fracas_directory_rooms", "fracas_sockets_handed_over"].every(
      (metric) => scrape.sum(metric) === 0,
    );
    return isEmpty ? scrape : undefined;
  });

/** After all processes have collected their garbage. */
async function readProcesses(server: ClusterServer, rooms: number): Promise<Reading> {
  for (const pid of [server.pid, ...descendantsOf(server.pid)])
    if (isPreloaded(pid)) process.kill(pid, "SIGUSR2");
  // Every process answers this one after it has got the signal.
  await server.scrape();
  const scrape = await server.scrape();
  const values = Object.fromEntries(
    GROWING_NAMES.map((name) => [name, scrape.of(GROWING[name].metric)]),
  ) as Reading["values"];
  return { rooms, values };
}
