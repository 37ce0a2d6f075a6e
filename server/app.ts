/** The composition root: the one place that knows every room, route and guard. */
import { createServer, type Server as HttpServer } from "node:http";
import { defineRoom, defineServer, matchMaker, type Server, ServerError } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { createUpgradeCheck } from "./admission/handshake.ts";
import { answerRequestsInstead, assertColyseusInternals } from "./colyseus/internals.ts";
import { parseConfig, type ServerConfig } from "./config.ts";
import { CLOSE_WITHIN_MS, GuardedSocket, queuedBytes } from "./edge/guardedSocket.ts";
import { boundConnections, HTTP_BOUNDS } from "./edge/httpBounds.ts";
import { createLimits } from "./edge/limits.ts";
import { createLocate } from "./edge/networks.ts";
import { createRecognise } from "./edge/visitor.ts";
import { adminRoute } from "./http/admin.ts";
import { answerFailure, createFront } from "./http/front.ts";
import { healthRoute } from "./http/health.ts";
import { identityRoute } from "./http/identity.ts";
import { mapsRoute } from "./http/maps.ts";
import { matchmakeRoute } from "./http/matchmake.ts";
import { metricsRoute } from "./http/metrics.ts";
import { pageRoute } from "./http/page.ts";
import { roomsRoute } from "./http/rooms.ts";
import { colyseusLog } from "./log.ts";
import { ArenaRoom } from "./rooms/ArenaRoom.ts";
import { LobbyRoom } from "./rooms/lobby/LobbyRoom.ts";
import type { PublicRules } from "./rooms/settings.ts";
import { createIdentityService } from "./services/identity.ts";
import { exposeGauge } from "./services/metrics.ts";

/** What is given here wins over what a client asks for under the same name. */
const roomsOf = ({ matchSeconds, roomPlayers, scoreLimit }: ServerConfig) => {
  const publicRules: PublicRules = { players: roomPlayers, timeLimitMin: matchSeconds / 60, scoreLimit };
  return {
    [ROOM.arena]: defineRoom(ArenaRoom, { publicRules }).enableRealtimeListing(),
    [ROOM.lobby]: defineRoom(LobbyRoom),
  };
};

/** Options of ws, some newer than its types. */
const SOCKET_BOUNDS = {
  WebSocket: GuardedSocket,
  /** The longest frame of ours is a line of chat. */
  maxPayload: 4 * 1024,
  /** Empty fragments are not counted by the bytes. */
  maxFragments: 16,
  closeTimeout: CLOSE_WITHIN_MS,
};

export interface App {
  readonly http: HttpServer;
  /** Rejects when the address cannot be listened on. */
  listen(port: number, host: string): Promise<void>;
  /** From now on nobody new is let in; pages ask again in so many seconds. */
  refuseJoins(backInSec: number): void;
  /** Ends all rooms and connections. */
  close(): Promise<void>;
}

export async function createApp(config: ServerConfig): Promise<App> {
  await assertColyseusInternals();
  const locate = createLocate(config.trustedProxies);
  const limits = createLimits(config.redisUrl);
  const identities = createIdentityService(config.jwtSecret);
  const recognise = createRecognise(locate, config, identities);
  let closingSec: number | undefined;

  const front = createFront(locate, config, [
    healthRoute(() => closingSec !== undefined),
    metricsRoute(locate, config),
    await adminRoute(locate, limits, config),
    identityRoute(recognise, limits, identities),
    matchmakeRoute(recognise, limits, { maxClients: config.maxClients, closingSec: () => closingSec }),
    mapsRoute(),
    roomsRoute(recognise, limits),
    pageRoute(),
  ]);

  const http = createServer(HTTP_BOUNDS);
  boundConnections(http, config);
  const game = defineServer({
    rooms: roomsOf(config),
    transport: new WebSocketTransport({
      server: http,
      verifyClient: createUpgradeCheck(recognise, limits),
      ...SOCKET_BOUNDS,
      // Rooms ping their clients themselves.
      pingInterval: 0,
    }),
    selectProcessIdToCreateRoom: roomWhereThereIsPlace(config.maxRooms),
    gracefullyShutdown: false,
    logger: colyseusLog,
    greet: false,
  });

  exposeGauge("fracas_rooms", "Rooms that are open.", () => matchMaker.stats.local.roomCount);
  exposeGauge("fracas_clients", "Clients that are connected.", () => matchMaker.stats.local.ccu);
  exposeGauge("fracas_queued_bytes", "Sent, and not yet taken by the network.", queuedBytes);

  return {
    http,
    async listen(port, host) {
      await listenOrFail(game, http, port, host);
      answerRequestsInstead(http, front);
    },
    refuseJoins(backInSec) {
      closingSec = backInSec;
    },
    async close() {
      await game.gracefullyShutdown(false);
      http.closeAllConnections();
      limits.close();
    },
  };
}

/**
 * What `npm run dev` boots: Vite serves the page over its own HTTP server, on this machine alone. Colyseus itself answers
 * who asks for a seat: nobody has an identity, and quick play looks at the mode alone.
 */
export function createDevApp() {
  const rules = parseConfig({});
  const recognise = createRecognise(createLocate([]), rules, createIdentityService(undefined));
  const rooms = roomsOf(rules);
  return defineServer({
    rooms: { ...rooms, [ROOM.arena]: rooms[ROOM.arena].filterBy(["mode"]) },
    express: (app) =>
      void app.use(mapsRoute(), roomsRoute(recognise, createLimits(undefined)), answerFailure),
    logger: colyseusLog,
    greet: false,
  });
}

/** Colyseus listens for errors only once it is open: a port that is taken would be waited for without end. */
function listenOrFail(game: Server, http: HttpServer, port: number, host: string): Promise<void> {
  const failed = new Promise<never>((_resolve, reject) => http.once("error", reject));
  return Promise.race([game.listen(port, host), failed]);
}

/** Colyseus asks where to make a room; the answer may be: nowhere. The list of rooms takes no arena's place. */
const roomWhereThereIsPlace = (maxRooms: number) => async (name: string) => {
  if (name === ROOM.arena && (await arenaCount()) >= maxRooms) {
    throw new ServerError(
      REFUSAL.serverFull,
      "This server has as many rooms as it holds: try again in a minute.",
    );
  }
  return matchMaker.processId;
};

const arenaCount = async (): Promise<number> =>
  (await matchMaker.query({ name: ROOM.arena, processId: matchMaker.processId })).length;
