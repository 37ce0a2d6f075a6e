/** The composition root: wires rooms, routes and guards into a server. */
import { randomBytes } from "node:crypto";
import { createServer, type Server as HttpServer } from "node:http";
import { defineRoom, defineServer, matchMaker, type Server, ServerError } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import type { VerifyClientCallbackAsync } from "ws";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { listingOf } from "./admission/directory.ts";
import { createHandshakeCheck } from "./admission/handshake.ts";
import { Reservations } from "./admission/reservations.ts";
import { hasSeat } from "./admission/seatOwners.ts";
import { assertColyseusInternals } from "./colyseus/internals.ts";
import { parseConfig, type ServerConfig } from "./config.ts";
import { CLOSE_WITHIN_MS, GuardedSocket, queuedBytes } from "./edge/guardedSocket.ts";
import { boundConnections, HTTP_BOUNDS } from "./edge/httpBounds.ts";
import { createLimits, type Limits } from "./edge/limits.ts";
import { NetworkBudget } from "./edge/networkBudget.ts";
import { createLocate } from "./edge/networks.ts";
import { gateRequests } from "./edge/requestGate.ts";
import { createRecognise } from "./edge/visitor.ts";
import { accountRoute } from "./http/account.ts";
import type { Accounts } from "./http/accountRequests.ts";
import { adminRoute } from "./http/admin.ts";
import { cardsRoute } from "./http/cards.ts";
import { answerFailure, createFront } from "./http/front.ts";
import { healthRoute } from "./http/health.ts";
import { identityRoute } from "./http/identity.ts";
import { leaderboardRoute } from "./http/leaderboard.ts";
import { mapsRoute } from "./http/maps.ts";
import { matchesRoute } from "./http/matches.ts";
import { matchmakeRoute } from "./http/matchmake.ts";
import { meRoute } from "./http/me.ts";
import { metricsRoute } from "./http/metrics.ts";
import { pageRoute } from "./http/page.ts";
import { playersRoute } from "./http/players.ts";
import { roomsRoute } from "./http/rooms.ts";
import { signInRoute } from "./http/signIn.ts";
import { exposeLastingGauges, openLasting } from "./lasting.ts";
import { colyseusLog, log } from "./log.ts";
import { boundLogger } from "./logOnce.ts";
import { ArenaRoom } from "./rooms/ArenaRoom.ts";
import { LobbyRoom } from "./rooms/lobby/LobbyRoom.ts";
import type { PublicRules } from "./rooms/settings.ts";
import { createOpenId } from "./services/accounts/openId.ts";
import { createPasskeys } from "./services/accounts/passkeys.ts";
import { createRevocations } from "./services/accounts/revocations.ts";
import { createCards } from "./services/cards/cards.ts";
import { FORMER_ACCEPTED_MS, formerSecretIn } from "./services/formerSecret.ts";
import { createIdentityService, type FormerSecret } from "./services/identity.ts";
import { exposeGauge } from "./services/metrics.ts";
import { createPublicReads } from "./services/publicReads.ts";

/** Options given here override a client's join options of the same name. */
const roomsOf = ({ matchSeconds, roomPlayers, scoreLimit }: ServerConfig) => {
  const publicRules: PublicRules = { players: roomPlayers, timeLimitMin: matchSeconds / 60, scoreLimit };
  return {
    [ROOM.arena]: defineRoom(ArenaRoom, { publicRules }).enableRealtimeListing(),
    [ROOM.lobby]: defineRoom(LobbyRoom),
  };
};

/** Options of ws, some of them newer than its types. */
const SOCKET_BOUNDS = {
  WebSocket: GuardedSocket,
  /** The longest frame of a client is a line of chat. */
  maxPayload: 4 * 1024,
  /** Bounds empty fragments, which add nothing to the payload. */
  maxFragments: 16,
  closeTimeout: CLOSE_WITHIN_MS,
};

export interface App {
  readonly http: HttpServer;
  /** Rejects if the server cannot listen on the address. */
  listen(port: number, host: string): Promise<void>;
  /** Refuses new players from now on; pages retry after `backInSec` seconds. */
  refuseJoins(backInSec: number): void;
  /** Disposes all rooms and closes all connections. */
  close(): Promise<void>;
}

export async function createApp(config: ServerConfig): Promise<App> {
  await assertColyseusInternals();
  const locate = createLocate(config.trustedProxies);
  const limits = createLimits(config.redisUrl);
  const reservations = new Reservations();
  const lasting = await openLasting(config);
  const { store, keeper } = lasting;
  const revocations = await createRevocations(store);
  const identities = createIdentityService(config.jwtSecret, {
    hasSeat,
    isRevoked: revocations.has,
    former: formerSecretOf(config),
  });
  const recognise = createRecognise(locate, config, identities);
  const reading = { recognise, limits, reads: createPublicReads(store) };
  const accounts: Accounts = {
    ...{ recognise, limits, identities, revocations, store },
    passkeys: createPasskeys(store),
    openId: openIdOf(config),
    transferKey: config.jwtSecret ?? randomBytes(32),
    publicUrl: config.publicUrl,
  };
  const cards = createCards();
  let closingSec: number | undefined;

  const front = createFront(locate, config, [
    healthRoute(() => closingSec !== undefined, keeper),
    metricsRoute(locate, config),
    await adminRoute(locate, limits, config),
    identityRoute(recognise, limits, identities, store),
    matchmakeRoute(recognise, limits, reservations, {
      maxClients: config.maxClients,
      closingSec: () => closingSec,
    }),
    mapsRoute(),
    roomsRoute(recognise, limits),
    playersRoute(reading),
    matchesRoute(reading),
    leaderboardRoute(reading),
    meRoute(accounts),
    accountRoute(accounts),
    signInRoute(accounts),
    cardsRoute(reading, cards),
    pageRoute(reading, config.publicUrl),
  ]);

  const http = createServer(HTTP_BOUNDS);
  const budget = new NetworkBudget();
  const game = createGame(config, http, createHandshakeCheck(recognise, limits, reservations));
  exposeGauges(limits);
  exposeLastingGauges(lasting);

  return {
    http,
    async listen(port, host) {
      await listenOrFail(game, http, port, host);
      gateRequests(http, front, locate, budget, config);
      boundConnections(http, budget, config);
    },
    refuseJoins(backInSec) {
      closingSec = backInSec;
    },
    async close() {
      await game.gracefullyShutdown(false);
      http.closeAllConnections();
      limits.close();
      revocations.close();
      await cards.close();
      await lasting.close();
    },
  };
}

/** Undefined if there is none, or its day is over. Without DATA_DIR each start begins a new day. */
function formerSecretOf({ jwtSecret, jwtSecretOld, dataDir }: ServerConfig): FormerSecret | undefined {
  if (!jwtSecretOld || jwtSecretOld === jwtSecret) return undefined;
  try {
    return formerSecretIn(dataDir, jwtSecretOld);
  } catch (error) {
    log.warn({ reason: (error as Error).message }, "JWT_SECRET_OLD: DATA_DIR cannot be written");
    return { secret: jwtSecretOld, untilMs: Date.now() + FORMER_ACCEPTED_MS };
  }
}

function openIdOf(config: ServerConfig): Accounts["openId"] {
  const { openIdIssuer: issuer, openIdClientId: clientId, openIdClientSecret: clientSecret } = config;
  const { publicUrl, openIdName } = config;
  if (!issuer || !clientId || !clientSecret || !publicUrl) return undefined;
  const flow = createOpenId({ issuer, clientId, clientSecret, publicUrl });
  return { name: openIdName ?? new URL(issuer).host, flow };
}

function createGame(config: ServerConfig, http: HttpServer, verifyClient: VerifyClientCallbackAsync): Server {
  return defineServer({
    rooms: roomsOf(config),
    transport: new WebSocketTransport({
      server: http,
      verifyClient,
      ...SOCKET_BOUNDS,
      // Rooms ping their clients themselves.
      pingInterval: 0,
    }),
    selectProcessIdToCreateRoom: createProcessSelector(config.maxRooms),
    gracefullyShutdown: false,
    logger: boundLogger(colyseusLog),
    greet: false,
  });
}

function exposeGauges(limits: Limits): void {
  exposeGauge("fracas_rooms", "Open rooms.", () => matchMaker.stats.local.roomCount);
  exposeGauge("fracas_clients", "Connected clients.", () => matchMaker.stats.local.ccu);
  exposeGauge(
    "fracas_queued_bytes",
    "Bytes that the server has sent and the network has not taken.",
    queuedBytes,
  );
  exposeGauge(
    "fracas_limited_keys",
    "Networks and identities that this process counts requests of, over all limits.",
    () => limits.keyCount,
  );
}

/**
 * The server of `npm run dev`, inside Vite's HTTP server. Colyseus' own matchmaking answers, so visitors have no identity,
 * and quick play considers only the mode.
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

/** Rejects on a listen error. Colyseus adds its error listener only once it listens, and would wait for ever. */
function listenOrFail(game: Server, http: HttpServer, port: number, host: string): Promise<void> {
  const failed = new Promise<never>((_resolve, reject) => http.once("error", reject));
  return Promise.race([game.listen(port, host), failed]);
}

/** Hosted rooms leave this share of MAX_ROOMS to public ones, or nobody could press Play while they fill the process. */
const PUBLIC_SHARE = 1 / 4;

/** Chooses this process for every new room; throws ServerError if it is full. The lobby does not count. */
const createProcessSelector =
  (maxRooms: number) =>
  async (name: string, { private: isHosted }: { private?: boolean }) => {
    if (name !== ROOM.arena) return matchMaker.processId;
    const arenas = await matchMaker.query({ name, processId: matchMaker.processId });
    const hosted = arenas.filter((room) => listingOf(room)?.hosted).length;
    const hostedMax = maxRooms - Math.floor(maxRooms * PUBLIC_SHARE);
    if (arenas.length < maxRooms && (!isHosted || hosted < hostedMax)) return matchMaker.processId;
    throw new ServerError(
      REFUSAL.serverFull,
      "This server has as many rooms as it holds: try again in a minute.",
    );
  };
