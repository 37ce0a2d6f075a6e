/** The laboratory of the probes: a real server, real players, and bad networks between them. It sees both ends. */
import type { Browser } from "playwright-core";
import { launchChromium } from "#client/e2e/chromium.ts";
import { enterHeadless, type HeadlessPlayer } from "#client/net/headlessPlayer.ts";
import { type BadNetwork, openBadNetwork } from "#loadtest/network/badNetwork.ts";
import type { Conditions } from "#loadtest/network/conditions.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { companyOf } from "#shared/arena/company.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { ArenaState, Drone } from "#shared/schema/state.ts";
import { readArena } from "#shared/testing/readMap.ts";

/** One claim of the README or the docs, and how to measure it. */
export interface Probe {
  claim: string;
  bound: string;
  /** `isThorough` takes the time that the claim needs; otherwise a shorter run, as for `npm test`. */
  run(lab: Lab, isThorough: boolean): Promise<Finding>;
}

export interface Finding {
  measured: string;
  /** Whether counts and states are within the bound: what does not depend on the speed of the machine. */
  holds: boolean;
  /** Whether times and rates are within the bound, if it has any: judged by `npm run probes` only. */
  isInTime?: boolean;
}

/** A phone on a bad day: 250 ± 50 ms round trip, and 2 % of the chunks delayed by another 150 ms. */
export const BAD_DAY: Partial<Conditions> = { rttMs: 250, jitterMs: 50, stallShare: 0.02, stallMs: 150 };

export class Lab {
  readonly server: TestServer;
  readonly arena: Arena = readArena("foundry");
  readonly #players: HeadlessPlayer[] = [];
  readonly #networks: BadNetwork[] = [];
  #browser: Promise<Browser> | undefined;

  private constructor(server: TestServer) {
    this.server = server;
  }

  static async open(): Promise<Lab> {
    return new Lab(await bootServer());
  }

  /** One Chromium for all probes, launched on first use. Close the contexts that you open in it. */
  browser(): Promise<Browser> {
    this.#browser ??= launchChromium();
    return this.#browser;
  }

  /** A network of its own in front of the server. */
  async network(conditions: Partial<Conditions>): Promise<BadNetwork> {
    const target = { host: "127.0.0.1", port: this.server.port };
    const network = await openBadNetwork({ target, seed: 7, ...conditions });
    this.#networks.push(network);
    return network;
  }

  /** A player over this network, or directly. */
  async enter(name: string, network?: BadNetwork): Promise<HeadlessPlayer> {
    const player = await enterHeadless(network?.url ?? this.server.url, this.arena, name);
    this.#players.push(player);
    return player;
  }

  /** A player over this network in a room without anybody else. */
  async enterAlone(name: string, network: BadNetwork): Promise<HeadlessPlayer> {
    const settings = RoomSettings.parse({ map: this.arena.name, bots: 0 });
    const player = await enterHeadless(network.url, this.arena, name, settings);
    this.#players.push(player);
    return player;
  }

  /** Seats so many players who do nothing that no bot comes while these many players are there as well. */
  async seatAllBut(players: number): Promise<void> {
    for (let i = 0; i < companyOf(this.arena) - players; i++) await this.enter(`Idle ${i}`);
  }

  /** The server's own drone of a player. */
  serverDrone(player: HeadlessPlayer): Drone {
    return this.drone(player.room.sessionId);
  }

  /** The server's own drone by session id. Throws if there is none. */
  drone(id: string): Drone {
    return this.stateOf(id).drones.get(id) as Drone;
  }

  /** The server's own state of the room with this drone. Throws if there is none. */
  stateOf(id: string): ArenaState {
    const states = this.#players.map(({ room }) => this.server.roomOf(room).state);
    const found = states.find(({ drones }) => drones.get(id) !== undefined);
    if (!found) throw new Error(`the server has no drone ${id}`);
    return found;
  }

  /** All players leave, and all networks are closed. */
  async clear(): Promise<void> {
    await Promise.all(this.#players.splice(0).map((player) => player.leave()));
    await Promise.all(this.#networks.splice(0).map((network) => network.close()));
  }

  async close(): Promise<void> {
    await this.clear();
    await (await this.#browser)?.close();
    await this.server.close();
  }
}

export { until };

/** For the durations that a claim names; everything else waits for a condition. */
export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
