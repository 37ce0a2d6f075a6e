/** A TCP proxy on loopback in front of a service: it counts, cuts, refuses, delays and swallows. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** Connections that were made to it so far. */
  readonly connections: number;
  /** "open" forwards; "refused" cuts, and resets new connections; "swallowed" accepts all and forwards nothing. */
  become(state: ProxyState): void;
  /** Delays what goes each way, ms. */
  delay(ms: number): void;
  close(): void;
}

export type ProxyState = "open" | "refused" | "swallowed";

export async function openTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let [state, delayMs, connections]: [ProxyState, number, number] = ["open", 0, 0];
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const forward = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on("error", () => {});
    from.on("close", () => {
      sockets.delete(from);
      to.destroy();
    });
    from.on("data", (chunk) => {
      if (state === "swallowed") return;
      if (delayMs === 0) to.write(chunk);
      else setTimeout(() => to.destroyed || to.write(chunk), delayMs);
    });
  };
  const listener = createServer((client) => {
    connections++;
    const target = connect(targetPort, "127.0.0.1");
    forward(client, target);
    forward(target, client);
    if (state === "refused") client.resetAndDestroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    become(next) {
      // Swallowed bytes are missing in the stream: the connection cannot go on.
      if (next === "refused" || state === "swallowed") cut();
      state = next;
    },
    delay(ms) {
      delayMs = ms;
    },
    close() {
      listener.close();
      cut();
    },
  };
}
