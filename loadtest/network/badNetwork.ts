/** A TCP proxy on loopback that behaves like a bad network: delay, jitter, stalls, throttling, cuts and black holes. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, isIPv4, type Server, type Socket } from "node:net";
import { type Conditions, chanceOf, PERFECT, type Way } from "./conditions.ts";
import { Lane, type Road, type WayCounts } from "./lane.ts";
import { reset } from "./reset.ts";

export type { Conditions } from "./conditions.ts";

/** Conditions that are left out are perfect; a stall lasts 150 ms. */
export interface BadNetworkOptions extends Partial<Conditions> {
  /** On this machine only, so that the proxy gives no access to others. */
  target: { host: string; port: number };
  /** 0, the default, takes any free port. */
  port?: number;
  /** Networks of the same seed treat the n-th chunk of the m-th connection alike. 1 by default. */
  seed?: number;
}

/** Up is from the client to the target. */
export type BlackHole = Way | "both" | "none";

export interface NetworkCounts {
  /** Since the start. */
  connections: number;
  /** At this moment. */
  openConnections: number;
  up: WayCounts;
  down: WayCounts;
}

export interface BadNetwork {
  readonly url: string;
  readonly port: number;
  readonly conditions: Readonly<Conditions>;
  /** Applies to the next chunks; a new bandwidth also applies to those that wait. */
  change(conditions: Partial<Conditions>): void;
  /** Resets all connections at both ends. New ones are accepted. */
  cut(): void;
  /** Offline cuts all connections and resets new ones, until it is online again. */
  setOnline(online: boolean): void;
  /**
   * From now on nothing arrives in that direction, not even an end, and neither side is notified. On a real route TCP
   * would retransmit once the hole is gone. Here the proxy has acknowledged the bytes, so they are lost: when the
   * direction heals, it cuts the connections that miss something instead of leaving a gap in their streams.
   */
  blackHole(direction: BlackHole): void;
  counts(): NetworkCounts;
  /** Cuts all connections and frees the port. */
  close(): Promise<void>;
}

interface Connection {
  readonly ends: readonly [Socket, Socket];
  readonly lanes: Readonly<Record<Way, Lane>>;
}

const WAYS: readonly Way[] = ["up", "down"];

/** Listens on 127.0.0.1. Rejects if the target is not on loopback or the port is taken. */
export async function openBadNetwork(options: BadNetworkOptions): Promise<BadNetwork> {
  const { host } = options.target;
  if (!isLoopback(host)) {
    throw new Error(`The target ${host} is not on this machine: use 127.0.0.1, localhost or ::1.`);
  }
  const proxy = new TcpProxy(options);
  await proxy.listen(options.port ?? 0);
  return proxy;
}

class TcpProxy implements BadNetwork {
  readonly conditions: Conditions;
  readonly #target: BadNetworkOptions["target"];
  readonly #seed: number;
  readonly #roads: Readonly<Record<Way, Road>>;
  readonly #connections = new Set<Connection>();
  readonly #server: Server;
  #connectionsEver = 0;
  #online = true;

  constructor({ target, port: _, seed = 1, ...conditions }: BadNetworkOptions) {
    this.#target = target;
    this.#seed = seed;
    this.conditions = { ...PERFECT, ...conditions };
    this.#roads = { up: newRoad(this.conditions), down: newRoad(this.conditions) };
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      // A close follows, which the lane forwards to the other end.
      client.on("error", () => {});
      // Keeps the port while offline, or another process might take it.
      if (this.#online) this.#connect(client);
      else reset(client);
    });
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  change(conditions: Partial<Conditions>): void {
    Object.assign(this.conditions, conditions);
    for (const { lanes } of this.#connections) for (const way of WAYS) lanes[way].flow();
  }

  cut(): void {
    for (const connection of this.#connections) cutConnection(connection);
  }

  setOnline(online: boolean): void {
    this.#online = online;
    if (!online) this.cut();
  }

  blackHole(direction: BlackHole): void {
    for (const way of WAYS) this.#roads[way].blackHole = direction === way || direction === "both";
    for (const connection of this.#connections) if (this.#hasGap(connection)) cutConnection(connection);
  }

  counts(): NetworkCounts {
    return {
      connections: this.#connectionsEver,
      openConnections: this.#connections.size,
      up: { ...this.#roads.up.counts },
      down: { ...this.#roads.down.counts },
    };
  }

  async close(): Promise<void> {
    this.setOnline(false);
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #connect(client: Socket): void {
    const number = this.#connectionsEver++;
    const upstream = connect({ ...this.#target, allowHalfOpen: true, noDelay: true });
    upstream.on("error", () => {});
    const lane = (from: Socket, to: Socket, way: Way) =>
      new Lane(from, to, this.#roads[way], chanceOf(this.#seed, number, way));
    const lanes = { up: lane(client, upstream, "up"), down: lane(upstream, client, "down") };
    const connection: Connection = { ends: [client, upstream], lanes };
    this.#connections.add(connection);
    const forget = () => client.destroyed && upstream.destroyed && this.#connections.delete(connection);
    for (const end of connection.ends) end.on("close", forget);
  }

  #hasGap({ lanes }: Connection): boolean {
    return WAYS.some((way) => lanes[way].hasSwallowed && !this.#roads[way].blackHole);
  }
}

const newRoad = (conditions: Readonly<Conditions>): Road => ({
  conditions,
  counts: { chunks: 0, bytes: 0, stalls: 0, swallowedBytes: 0 },
  blackHole: false,
});

function cutConnection({ ends, lanes }: Connection): void {
  for (const way of WAYS) lanes[way].stop();
  for (const end of ends) reset(end);
}

export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
