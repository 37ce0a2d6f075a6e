/** The server under test: one that already runs, or one that is started for the run. */
import { END_WITH_STARTER, spawnServer } from "#loadtest/lib/server/spawnServer.ts";

export interface Target {
  readonly endpoint: string;
  readonly botToken: string;
  readonly metricsToken: string | undefined;
  /** Resolves when a server that was started here ends; never for any other. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Connections beside the players', for metrics and maps. */
const SPARE_CLIENTS = 50;

/** `places` is the size of public rooms. Rejects if the server does not start. */
export async function openTarget(
  endpoint: string | undefined,
  clients: number,
  places: number,
): Promise<Target> {
  if (endpoint !== undefined) {
    const { BOT_TOKEN: botToken = "", METRICS_TOKEN: metricsToken } = process.env;
    return { endpoint, botToken, metricsToken, ended: new Promise(() => {}), stop: async () => {} };
  }
  const server = await spawnServer(END_WITH_STARTER, {
    ROOM_PLAYERS: String(places),
    // One match for the whole run: the pause between matches is no load.
    MATCH_SECONDS: "3600",
    SCORE_LIMIT: "10000",
    MAX_CLIENTS: String(clients + SPARE_CLIENTS),
    MAX_ROOMS: String(clients),
    PROCESSES: process.env.PROCESSES ?? "1",
    // All clients have one address, whose limits must not apply.
    TRUSTED_PROXIES: "loopback",
  });
  return { ...server, endpoint: server.origin };
}
