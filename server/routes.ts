/** The routes of the server, in the order in which a request tries them. */
import { randomBytes } from "node:crypto";
import type { Express } from "express";
import type { Reservations } from "./admission/reservations.ts";
import type { OpenRooms } from "./cluster/openRooms.ts";
import type { ServerConfig } from "./config.ts";
import type { Limits } from "./edge/limits.ts";
import type { Locate } from "./edge/networks.ts";
import type { Recognise } from "./edge/visitor.ts";
import { accountRoute } from "./http/account.ts";
import type { Accounts } from "./http/accountRequests.ts";
import { adminRoute } from "./http/admin.ts";
import { arenasRoute } from "./http/arenas.ts";
import { cardsRoute } from "./http/cards.ts";
import { draftsRoute } from "./http/drafts.ts";
import { createFront } from "./http/front.ts";
import { galleryRoute } from "./http/gallery.ts";
import { healthRoute } from "./http/health.ts";
import { identityRoute } from "./http/identity.ts";
import { leaderboardRoute } from "./http/leaderboard.ts";
import { liveRoute } from "./http/live.ts";
import { mapsRoute } from "./http/maps.ts";
import { matchesRoute } from "./http/matches.ts";
import { matchmakeRoute } from "./http/matchmake.ts";
import { meRoute } from "./http/me.ts";
import { metricsRoute } from "./http/metrics.ts";
import { pageRoute } from "./http/page.ts";
import { playersRoute } from "./http/players.ts";
import { replaysRoute } from "./http/replays.ts";
import { roomsRoute } from "./http/rooms.ts";
import { signInRoute } from "./http/signIn.ts";
import type { Lasting } from "./lasting.ts";
import { createOpenId } from "./services/accounts/openId.ts";
import { createPasskeys } from "./services/accounts/passkeys.ts";
import type { Revocations } from "./services/accounts/revocations.ts";
import { arenaLimits } from "./services/arenas/arenaFiles.ts";
import type { Cards } from "./services/cards/cards.ts";
import type { IdentityService } from "./services/identity.ts";
import { createPublicReads } from "./services/publicReads.ts";

export interface Routed {
  readonly config: ServerConfig;
  readonly open: OpenRooms;
  readonly lasting: Lasting;
  readonly locate: Locate;
  readonly limits: Limits;
  readonly reservations: Reservations;
  readonly identities: IdentityService;
  readonly revocations: Revocations;
  readonly recognise: Recognise;
  readonly cards: Cards;
  /** Seconds until the server is back; undefined while it is not closing. */
  closingSec(): number | undefined;
}

export async function createRoutes(parts: Routed): Promise<Express> {
  const { config, open, lasting, locate, limits, reservations, identities, recognise, cards } = parts;
  const { rooms, live, fleet } = open;
  const { store, keeper } = lasting;
  const { closingSec } = parts;
  const reading = { recognise, limits, reads: createPublicReads(store, (id) => lasting.shelf.has(id)) };
  const accounts = accountsOf(parts);
  const isClosing = () => closingSec() !== undefined;
  return createFront(locate, config, () => fleet?.addresses ?? [], [
    healthRoute(isClosing, keeper, () => fleet?.awaySec),
    metricsRoute(locate, config, open.metrics),
    await adminRoute(locate, limits, rooms, lasting.arenas, config),
    identityRoute(recognise, limits, identities, store),
    matchmakeRoute(recognise, limits, reservations, rooms, live, {
      maxClients: config.maxClients,
      closingSec,
    }),
    mapsRoute(),
    arenasRoute({ reading, arenas: lasting.arenas }),
    roomsRoute(recognise, limits, rooms),
    playersRoute(reading),
    matchesRoute(reading),
    replaysRoute(reading, lasting.shelf),
    leaderboardRoute(reading),
    liveRoute(reading, live),
    draftsRoute({ recognise, limits, store, arenas: lasting.arenas, maxBytes: arenaLimits(config).maxBytes }),
    galleryRoute(reading, store),
    meRoute(accounts),
    accountRoute(accounts),
    signInRoute(accounts),
    cardsRoute(reading, cards, rooms),
    pageRoute({ reading, rooms, shelf: lasting.shelf, publicUrl: config.publicUrl }),
  ]);
}

function accountsOf({ config, lasting, recognise, limits, identities, revocations }: Routed): Accounts {
  const { store } = lasting;
  return {
    ...{ recognise, limits, identities, revocations, store },
    passkeys: createPasskeys(store),
    openId: openIdOf(config),
    transferKey: config.jwtSecret ?? randomBytes(32),
    publicUrl: config.publicUrl,
  };
}

function openIdOf(config: ServerConfig): Accounts["openId"] {
  const { openIdIssuer: issuer, openIdClientId: clientId, openIdClientSecret: clientSecret } = config;
  const { publicUrl, openIdName } = config;
  if (!issuer || !clientId || !clientSecret || !publicUrl) return undefined;
  const flow = createOpenId({ issuer, clientId, clientSecret, publicUrl });
  return { name: openIdName ?? new URL(issuer).host, flow };
}
