/** Where probes are made: a real server, real players, and a bad network between them. The one place that sees both ends. */
import { enterHeadless, type HeadlessPlayer } from "#client/net/headlessPlayer.ts";
import { type BadNetwork, openBadNetwork } from "#loadtest/network/badNetwork.ts";
import type { Conditions } from "#loadtest/network/conditions.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import type { Arena } from "#shared/arena/arena.ts";
import type { ArenaState, Drone } from "#shared/schema/state.ts";
import { readArena } from "#shared/testing/readMap.ts";

/** One claim of the README or docs, and how it is measured. */
export interface Probe {
  claim: string;
  bound: string;
  /** `thorough` takes the time that the claim deserves; else a shorter run of the same. */
  run(lab: Lab, thorough: boolean): Promise<Finding>;
}

export interface Finding {
  measured: string;
  holds: boolean;
}

/** 250 ms ± 50, and 2 % of the chunks held for 150 ms: a phone on a bad day. */
export const BAD_DAY: Partial<Conditions> = { rttMs: 250, jitterMs: 50, stallShare: 0.02, stallMs: 150 };

export interface Lab {
  readonly server: TestServer;
  readonly arena: Arena;
  /** A network of its own to the lab's server. */
  network(conditions: Partial<Conditions>): Promise<BadNetwork>;
  /** A player over this network, or directly. */
  enter(name: string, network?: BadNetwork): Promise<HeadlessPlayer>;
  /** Players who stand around and keep the bots away. */
  placeBystanders(count: number): Promise<void>;
  /** The server's own drone of a player. */
  serverDrone(player: HeadlessPlayer): Drone;
  /** The same by session id, for pages. */
  drone(id: string): Drone;
  /** The server's own state of the room that a player or page is in. */
  stateOf(id: string): ArenaState;
  /** Everybody out, all networks closed. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function openLab(): Promise<Lab> {
  const server = await bootServer();
  const arena = readArena("foundry");
  const players: HeadlessPlayer[] = [];
  const networks: BadNetwork[] = [];

  const enter = async (name: string, network?: BadNetwork) => {
    const player = await enterHeadless(network?.url ?? server.url, arena, name);
    players.push(player);
    return player;
  };

  const stateOf = (id: string) => {
    const states = players.map(({ room }) => server.roomOf(room).state);
    const found = states.find(({ drones }) => drones.get(id) !== undefined);
    if (!found) throw new Error(`the server has no drone ${id}`);
    return found;
  };
  const drone = (id: string) => stateOf(id).drones.get(id) as Drone;

  const clear = async () => {
    await Promise.all(players.splice(0).map((player) => player.leave()));
    await Promise.all(networks.splice(0).map((network) => network.close()));
  };

  return {
    server,
    arena,
    enter,
    clear,
    async network(conditions) {
      const network = await openBadNetwork({
        target: { host: "127.0.0.1", port: server.port },
        seed: 7,
        ...conditions,
      });
      networks.push(network);
      return network;
    },
    async placeBystanders(count) {
      for (let i = 0; i < count; i++) await enter(`Idle ${i}`);
    },
    drone,
    stateOf,
    serverDrone: (player) => drone(player.room.sessionId),
    async close() {
      await clear();
      await server.close();
    },
  };
}

export { until };

/** For spans that a claim names: everything else waits for a condition. */
export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
