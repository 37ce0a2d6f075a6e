/** CPU of the front while many players fight in room processes: when nobody comes or goes, and during five joins a second. */
import { setTimeout as wait } from "node:timers/promises";
import { leaveSeat, takeColyseusSeat } from "#loadtest/bench/clients/colyseusSeat.ts";
import type { FightScenario } from "#loadtest/bench/scenarios/fight.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { faultOf, fightEnvironment, lightPlayersOn } from "./lightPlayers.ts";
import type { ClusterOptions } from "./options.ts";
import { atMost, type Measured, ofACore, type Say } from "./part.ts";
import { cpuBetween } from "./scrape.ts";
import { type ClusterServer, startCluster } from "./server.ts";

const ROOM_SIZE = 30;
const MOST_CPU = 0.03;
const JOINS_PER_SEC = 5;
/** How long a joiner stays. */
const STAYS_MS = 1000;

export async function measureFront(options: ClusterOptions, say: Say): Promise<Measured> {
  const { crowd: players, seed, seconds, warmUpSec } = options;
  const scenario: FightScenario = { kind: "fight", seed, players, roomSize: ROOM_SIZE };
  const server = await startCluster(2, fightEnvironment(scenario));
  try {
    const clients = await lightPlayersOn(server.port, scenario);
    try {
      say(`front: ${players} players are in`);
      await wait(warmUpSec * 1000);
      await clients.reset();
      const steady = await cpuOver(server, () => wait(seconds * 1000));
      const count = await clients.count();
      say(`front: ${ofACore(steady.front)}`);
      const joining = { joins: 0, failures: 0 };
      const busy = await cpuOver(server, () => joinFor(server, seconds, joining));
      const fault = faultOf(players, count);
      return {
        verdicts: [
          atMost(`CPU of the front, ${players} players`, MOST_CPU, steady.front, ofACore),
          atMost(
            `CPU of the front, ${players} players and ${JOINS_PER_SEC} joins a second`,
            MOST_CPU,
            busy.front,
            ofACore,
          ),
        ],
        details: [
          ["CPU of the two room processes", ofACore(steady.rooms)],
          ["… during the joins", ofACore(busy.rooms)],
          ["joins, failed ones", `${joining.joins}, ${joining.failures}`],
          ["CPU of the players", ofACore(count.cpuShare)],
        ],
        plots: [],
        faults: [fault, joining.failures > 0 ? `${joining.failures} joins failed` : undefined].filter(
          (text) => text !== undefined,
        ),
      };
    } finally {
      await clients.close();
    }
  } finally {
    await server.stop();
  }
}

async function cpuOver(server: ClusterServer, happen: () => Promise<unknown>) {
  const before = await server.scrape();
  await happen();
  return cpuBetween(before, await server.scrape());
}

async function joinFor(
  { port }: ClusterServer,
  seconds: number,
  joining: { joins: number; failures: number },
) {
  const visit = async () => {
    try {
      const seat = await takeColyseusSeat({ port, room: ROOM.arena, name: `Visitor ${joining.joins++}` });
      await wait(STAYS_MS);
      await leaveSeat(seat);
    } catch {
      joining.failures++;
    }
  };
  const visits: Promise<void>[] = [];
  for (let join = 0; join < seconds * JOINS_PER_SEC; join++) {
    visits.push(visit());
    await wait(1000 / JOINS_PER_SEC);
  }
  await Promise.all(visits);
}
