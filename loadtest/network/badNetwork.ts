/** A bad network on demand: a TCP proxy on loopback that delays, jitters, stalls, throttles, cuts and swallows. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, isIPv4, type Socket } from "node:net";
import { type Conditions, chanceOf, PERFECT, type Way } from "./conditions.ts";
import { Lane, type Road, type WayCounts } from "./lane.ts";
import { reset } from "./reset.ts";

export type { Conditions } from "./conditions.ts";

/** Conditions that are not named are perfect; a stall lasts 150 ms. */
export interface BadNetworkOptions extends Partial<Conditions> {
  /** On this machine: the proxy is no way into anybody else's. */
  target: { host: string; port: number };
  /** 0, the default, is any free port. */
  port?: number;
  /** The n-th chunk of the m-th connection is treated alike by networks of the same seed; 1 by default. */
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
  /** For chunks that come from now on; a new bandwidth is for those that already wait as well. */
  change(conditions: Partial<Conditions>): void;
  /** Destroys all connections at once, with an RST to both ends. New ones are welcome. */
  cut(): void;
  /** Offline cuts, and resets whoever connects, until online again. */
  setOnline(online: boolean): void;
  /**
   * From now on nothing arrives in that direction, not even an end, and nobody is told. On a real route, TCP would
   * send everything again once the hole is gone. Here the sender was told that it arrived, so nothing that was
   * swallowed can come later: the connections that miss something are cut when their direction heals, instead of
   * going on with a gap.
   */
  blackHole(direction: BlackHole): void;
  counts(): NetworkCounts;
  /** Cuts everything and gives the port back. */
  close(): Promise<void>;
}

interface Connection {
  readonly ends: readonly [Socket, Socket];
  readonly lanes: Readonly<Record<Way, Lane>>;
}

const WAYS: readonly Way[] = ["up", "down"];

/** Listens on 127.0.0.1. Rejects when the target is not loopback or the port is taken. */
export async function openBadNetwork(options: BadNetworkOptions): Promise<BadNetwork> {
  const { target, port = 0, seed = 1, ...given } = options;
  if (!isLoopback(target.host)) {
    throw new Error(`The target ${target.host} is not on this machine: use 127.0.0.1, localhost or ::1.`);
  }
  const conditions: Conditions = { ...PERFECT, ...given };
  const roads: Record<Way, Road> = { up: newRoad(conditions), down: newRoad(conditions) };
  const connections = new Set<Connection>();
  let connectionsEver = 0;
  let online = true;

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    // The port is kept while offline, or somebody else might have it by the time we are back.
    if (online) addConnection(client);
    else reset(client);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;

  function addConnection(client: Socket): void {
    const number = connectionsEver++;
    const upstream = connect({ ...target, allowHalfOpen: true, noDelay: true });
    const lanes = {
      up: new Lane(client, upstream, roads.up, chanceOf(seed, number, "up")),
      down: new Lane(upstream, client, roads.down, chanceOf(seed, number, "down")),
    };
    const connection: Connection = { ends: [client, upstream], lanes };
    connections.add(connection);
    for (const end of connection.ends) {
      // A close always follows, and the lane tells the other end.
      end.on("error", () => {});
      end.on("close", () => client.destroyed && upstream.destroyed && connections.delete(connection));
    }
  }

  const cut = () => connections.forEach(cutConnection);

  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    conditions,
    change(changed) {
      Object.assign(conditions, changed);
      for (const { lanes } of connections) for (const way of WAYS) lanes[way].flow();
    },
    cut,
    setOnline(value) {
      online = value;
      if (!online) cut();
    },
    blackHole(direction) {
      for (const way of WAYS) roads[way].blackHole = direction === way || direction === "both";
      for (const connection of connections) if (hasGap(connection)) cutConnection(connection);
    },
    counts: () => ({
      connections: connectionsEver,
      openConnections: connections.size,
      up: { ...roads.up.counts },
      down: { ...roads.down.counts },
    }),
    async close() {
      online = false;
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  function hasGap({ lanes }: Connection): boolean {
    return WAYS.some((way) => lanes[way].hasSwallowed && !roads[way].blackHole);
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
