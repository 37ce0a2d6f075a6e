/** The server that is put under load: one that runs already, or one that is started for it. */
import { spawnServer } from "#loadtest/lib/server/spawnServer.ts";

export interface Target {
  readonly endpoint: string;
  readonly botToken: string;
  readonly metricsToken: string | undefined;
  /** Resolves when it is gone; never, for a server that is not ours. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Beside the players: what asks for metrics and maps. */
const SPARE_CLIENTS = 50;

/** `places`: players that a public room has to hold. Rejects when a server does not start. */
export async function openTarget(
  endpoint: string | undefined,
  clients: number,
  places: number,
): Promise<Target> {
  if (endpoint !== undefined) {
    const { BOT_TOKEN: botToken = "", METRICS_TOKEN: metricsToken } = process.env;
    return { endpoint, botToken, metricsToken, ended: new Promise(() => {}), stop: async () => {} };
  }
  const server = await spawnServer(new URL("../lib/server/endWithStarter.ts", import.meta.url), {
    ROOM_PLAYERS: String(places),
    // Results and votes are no load.
    ...{ MATCH_SECONDS: "3600", SCORE_LIMIT: "10000" },
    MAX_CLIENTS: String(clients + SPARE_CLIENTS),
    MAX_ROOMS: String(clients),
    // All clients come from one network: nobody shall count its connections.
    TRUSTED_PROXIES: "loopback",
  });
  return { ...server, endpoint: server.origin };
}
