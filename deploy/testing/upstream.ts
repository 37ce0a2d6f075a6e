/** Stand-ins for machines behind a proxy: they answer with their name and what they were asked. */
import { createServer } from "node:http";

export interface Upstream {
  readonly port: number;
  /** Whether it answers /readyz with 200. */
  isReady: boolean;
  close(): void;
}

export async function startUpstream(name: string): Promise<Upstream> {
  const server = createServer((request, response) => {
    const isProbe = request.url === "/readyz";
    response.statusCode = isProbe && !upstream.isReady ? 503 : 200;
    response.end(JSON.stringify({ name, path: request.url, from: request.headers["x-forwarded-for"] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the upstream has no port");
  const upstream: Upstream = {
    port: address.port,
    isReady: true,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return upstream;
}
