/** The composition root: wires rooms, routes and guards into a server. */
import { createServer, type Server as HttpServer } from "node:http";
import { defineServer, matchMaker } from "@colyseus/core";
import { ROOM } from "#shared/protocol/names.ts";
import { LocalDirectory } from "./admission/directory.ts";
import { createHandshakes } from "./admission/handshake.ts";
import { Reservations } from "./admission/reservations.ts";
import type { Rooms } from "./admission/rooms.ts";
import { arenaRooms } from "./cluster/game.ts";
import { OpenRequests } from "./cluster/generations/heldConnections.ts";
import type { RelayLink } from "./cluster/generations/relayLink.ts";
import { createLocalProcess } from "./cluster/localProcess.ts";
import { MachineRooms } from "./cluster/machineRooms.ts";
import { listsOf, type OpenRooms, openRooms, reportsTo } from "./cluster/openRooms.ts";
import { exposeRoomGauges } from "./cluster/processes/gauges.ts";
import type { ProcessPool } from "./cluster/processes/processPool.ts";
import { assertColyseusInternals } from "./colyseus/internals.ts";
import { reportRows } from "./colyseus/rowReports.ts";
import { parseConfig, type ServerConfig } from "./config.ts";
import { boundConnections, HTTP_BOUNDS } from "./edge/httpBounds.ts";
import { createLimits, type Limits } from "./edge/limits.ts";
import { NetworkBudget } from "./edge/networkBudget.ts";
import { createLocate } from "./edge/networks.ts";
import { gateRequests } from "./edge/requestGate.ts";
import { createRecognise } from "./edge/visitor.ts";
import { answerFailure } from "./http/front.ts";
import { mapsRoute } from "./http/maps.ts";
import { roomsRoute } from "./http/rooms.ts";
import { exposeLastingGauges, openLasting } from "./lasting.ts";
import type { Place } from "./listening.ts";
import { colyseusLog, log } from "./log.ts";
import { createLiveFeed } from "./rooms/live/liveFeed.ts";
import { createRoutes } from "./routes.ts";
import { createRevocations } from "./services/accounts/revocations.ts";
import { createCards } from "./services/cards/cards.ts";
import { FORMER_ACCEPTED_MS, formerSecretIn } from "./services/formerSecret.ts";
import { createIdentityService, type FormerSecret } from "./services/identity.ts";
import { exposeGauge } from "./services/metrics.ts";

export interface App {
  readonly http: HttpServer;
  readonly rooms: Rooms;
  /** Undefined if this process has all rooms. */
  readonly pool: ProcessPool | undefined;
  /** For a front that is replaced: ends requests and the list of rooms, and closes the store. Rooms play on. */
  yield(): Promise<void>;
  /** Rejects if the server cannot listen there. */
  listen(place: Place): Promise<void>;
  /** Refuses new players from now on; pages retry after `backInSec` seconds. */
  refuseJoins(backInSec: number): void;
  /** Disposes all rooms and closes all connections. `hasFailed`: see KeptRooms. */
  close(hasFailed?: boolean): Promise<void>;
}

/** The parts of a front that are ready before it takes the port over from another one. */
export interface Prepared {
  readonly http: HttpServer;
  readonly open: OpenRooms;
  readonly stage: Stage;
}

interface Stage {
  isOpen: boolean;
  /** Seconds until the server is back; undefined while it is not closing. */
  closingSec: number | undefined;
}

/** `predecessor`: the link to the front that this one replaces. */
export async function prepareApp(config: ServerConfig, predecessor?: RelayLink): Promise<Prepared> {
  await assertColyseusInternals();
  const stage: Stage = { isOpen: false, closingSec: undefined };
  const isClosing = () => !stage.isOpen || stage.closingSec !== undefined;
  return { http: createServer(HTTP_BOUNDS), open: await openRooms(config, isClosing, predecessor), stage };
}

export async function createApp(config: ServerConfig, prepared?: Prepared): Promise<App> {
  const { http, open, stage } = prepared ?? (await prepareApp(config));
  const locate = createLocate(config.trustedProxies);
  const limits = createLimits(config.redisUrl);
  const reservations = new Reservations();
  const { rooms, fleet, pool } = open;
  const lasting = await openLasting(config);
  open.serveArenas(lasting.arenas);
  const revocations = await createRevocations(lasting.store);
  const identities = createIdentityService(config.jwtSecret, {
    hasSeat: (identity) => rooms.hasSeat(identity),
    isRevoked: revocations.has,
    former: formerSecretOf(config),
  });
  const recognise = createRecognise(locate, config, identities);
  const cards = createCards();
  const closingSec = () => stage.closingSec;
  const parts = { config, open, lasting, locate, limits, reservations, identities, revocations, recognise };
  const front = await createRoutes({ ...parts, cards, closingSec });

  const budget = new NetworkBudget();
  const upgrade = createHandshakes(recognise, limits, reservations, rooms);
  gateRequests(http, { request: front, upgrade }, locate, budget, config);
  boundConnections(http, budget, config);
  const requests = new OpenRequests(http);
  exposeRoomGauges();
  exposeGauges(limits, reservations);
  exposeLastingGauges(lasting);

  stage.isOpen = true;
  let lastingClosed: Promise<void> | undefined;
  const closeLasting = () => (lastingClosed ??= lasting.close());

  return {
    http,
    rooms,
    pool,
    async listen(place) {
      await open.restore();
      await listenOrFail(http, place);
    },
    refuseJoins(backInSec) {
      stage.closingSec = backInSec;
    },
    async yield() {
      await fleet?.close({ isReplaced: true });
      await requests.end();
      await open.yieldList();
      await closeLasting();
    },
    async close(hasFailed) {
      await fleet?.close();
      await open.close(hasFailed);
      http.close();
      http.closeAllConnections();
      limits.close();
      revocations.close();
      await cards.close();
      await closeLasting();
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

function exposeGauges(limits: Limits, reservations: Reservations): void {
  exposeGauge("fracas_seats_reserved", "Seats that nobody has taken up yet.", () => reservations.count);
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
  const directory = new LocalDirectory();
  void matchMaker.onReady.then(() => reportRows(matchMaker.driver, reportsTo(directory)));
  const recognise = createRecognise(createLocate([]), rules, createIdentityService(undefined));
  const { arena } = arenaRooms(rules);
  const local = createLocalProcess(() => {});
  const rooms = new MachineRooms(directory, directory, { local, all: [local] }, rules.maxRooms);
  return defineServer({
    rooms: {
      [ROOM.arena]: arena.filterBy(["mode"]),
      ...listsOf(
        directory,
        createLiveFeed(() => rooms),
        () => rooms,
      ),
    },
    express: (app) =>
      void app.use(mapsRoute(), roomsRoute(recognise, createLimits(undefined), rooms), answerFailure),
    logger: colyseusLog,
    greet: false,
  });
}

/** Rejects on a listen error. */
function listenOrFail(http: HttpServer, place: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen(place, () => {
      http.off("error", reject);
      resolve();
    });
  });
}
