/** Colyseus in this process: the kinds of rooms, and the transport that takes connections which somebody else accepted. */
import { createServer } from "node:http";
import { defineRoom, defineServer, LocalDriver, LocalPresence, matchMaker } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import type { Connection } from "#server/admission/rooms.ts";
import { type RowReports, reportRows } from "#server/colyseus/rowReports.ts";
import { withoutPm2 } from "#server/colyseus/withoutPm2.ts";
import type { ServerConfig } from "#server/config.ts";
import { SOCKET_BOUNDS } from "#server/edge/socketBounds.ts";
import { colyseusLog } from "#server/log.ts";
import { boundLogger } from "#server/logOnce.ts";
import { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import type { PublicRules } from "#server/rooms/settings.ts";
import { ROOM } from "#shared/protocol/names.ts";

type Rules = Pick<ServerConfig, "matchSeconds" | "roomPlayers" | "roomMap" | "scoreLimit">;

/** Options given here override a client's join options of the same name. */
export function arenaRooms({ matchSeconds, roomPlayers, roomMap, scoreLimit }: Rules) {
  const publicRules: PublicRules = {
    players: roomPlayers,
    timeLimitMin: matchSeconds / 60,
    scoreLimit,
    ...(roomMap !== undefined && { firstMap: roomMap }),
  };
  return { [ROOM.arena]: defineRoom(ArenaRoom, { publicRules }) };
}

export interface Game {
  /** Completes the handshake of a connection that the front has accepted. */
  upgrade(connection: Connection): void;
  /** Disposes all rooms and closes all connections. */
  close(): Promise<void>;
}

/** One game a process, because Colyseus' matchmaker is global. It listens on no port. `publicAddress`: see Reservation. */
export async function startGame(
  rooms: NonNullable<Parameters<typeof defineServer>[0]["rooms"]>,
  reports: RowReports,
  publicAddress: string | undefined,
): Promise<Game> {
  // Colyseus takes connections from a server's "upgrade" events; nobody else can reach this one.
  const unreachable = createServer();
  withoutPm2();
  matchMaker.setHealthChecksEnabled(false);
  const game = defineServer({
    rooms,
    transport: new WebSocketTransport({
      server: unreachable,
      ...SOCKET_BOUNDS,
      // Rooms ping their clients themselves.
      pingInterval: 0,
    }),
    ...(publicAddress !== undefined && { publicAddress }),
    driver: reportRows(new LocalDriver(), reports),
    presence: new LocalPresence(),
    gracefullyShutdown: false,
    logger: boundLogger(colyseusLog),
    greet: false,
  });
  await game.serverless();
  return {
    upgrade: ({ request, socket, head }) => void unreachable.emit("upgrade", request, socket, head),
    close: () => game.gracefullyShutdown(false),
  };
}
