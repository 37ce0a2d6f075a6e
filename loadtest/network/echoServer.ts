/** For tests of the bad network: an echo server, networks in front of it, and clients. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterEach, beforeEach } from "vitest";
import { type BadNetwork, type BadNetworkOptions, openBadNetwork } from "./badNetwork.ts";
import { Peer } from "./peer.ts";

/** Opens a new echo server for each test of the file, and closes everything that the test opened after it. */
export function useEchoServer(): EchoServer {
  const echo = new EchoServer();
  beforeEach(() => echo.open());
  afterEach(() => echo.close());
  return echo;
}

class EchoServer {
  /** The server's ends of its connections, in order. */
  accepted: Peer[] = [];
  #clients: Peer[] = [];
  #networks: BadNetwork[] = [];
  #server: Server = createServer();

  async open(): Promise<void> {
    [this.accepted, this.#clients, this.#networks] = [[], [], []];
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.accepted.push(new Peer(socket));
      socket.pipe(socket);
    });
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  async close(): Promise<void> {
    for (const { socket } of this.#clients) socket.destroy();
    await Promise.all(this.#networks.map((network) => network.close()));
    for (const { socket } of this.accepted) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The server's end of the newest connection. */
  get newest(): Peer {
    return this.accepted.at(-1) as Peer;
  }

  async openNetwork(options: Partial<BadNetworkOptions> = {}): Promise<BadNetwork> {
    const { port } = this.#server.address() as AddressInfo;
    const network = await openBadNetwork({ target: { host: "127.0.0.1", port }, ...options });
    this.#networks.push(network);
    return network;
  }

  /** A client that connects, without waiting for it. */
  knock({ port }: BadNetwork): Peer {
    const client = new Peer(connect(port, "127.0.0.1"));
    this.#clients.push(client);
    return client;
  }

  /** A client that is connected to the proxy. */
  async join(network: BadNetwork): Promise<Peer> {
    const client = this.knock(network);
    await once(client.socket, "connect");
    return client;
  }

  /** A client whose connection has reached the server. */
  async joinAndTalk(network: BadNetwork): Promise<Peer> {
    const client = await this.join(network);
    await client.roundTripMs();
    return client;
  }
}
