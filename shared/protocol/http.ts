/** The protocol's HTTP side: routes, and the bodies of requests and answers. */
import type { Arena } from "#shared/arena/arena.ts";
import { isBrought } from "#shared/arena/limits.ts";
import type { RoomListing } from "./lobby.ts";

/** Paths in Express' notation; `pathTo` fills in their parameters. Every failure is answered with an ErrorAnswer. */
export const ROUTE = {
  /** GET: the page, which then joins this room. */
  roomPage: "/r/:code",
  /** POST JoinOptions, or ReconnectOptions: a Reservation. The path is the Colyseus SDK's. */
  matchmake: "/matchmake/:method/:room",
  /** POST: an IdentityAnswer. */
  identity: "/api/identity",
  /** GET: MapOffer[]. */
  maps: "/api/maps",
  /** GET: the Tiled map, exactly as the server read it. */
  map: "/api/maps/:name.tmj",
  /** GET: a RoomInfo. */
  room: "/api/rooms/:code",
  /** POST: ends the connection of the visitor's other tab, then answers with a TakeoverAnswer. */
  takeover: "/api/rooms/:code/takeover",
  /** GET: the page, which then shows a player's profile; a former name redirects to the present one. */
  playerPage: "/u/:name",
  /** GET: the page, which then shows a match. */
  matchPage: "/m/:id",
  /** GET: the page, which then shows the leaderboard. */
  leaderboardPage: "/leaderboard",
  /** GET: the page, which then shows weapons and pickups. */
  weaponsPage: "/weapons",
  /** GET: the page, which then shows the visitor's own career. */
  careerPage: "/career",
  /** GET: the page, which then plays a recorded match; `t`, `follow`, `from` and `to` as in shared/replay/link.ts. */
  replayPage: "/replay/:id",
  /** GET: the page, which then lists the public matches as they go. */
  livePage: "/live",
  /** GET: the page, which then shows the scores of a room, and nothing else, over whatever is behind it. */
  overlayPage: "/overlay/:code",
  /** GET: a PNG of 1200×630 for links that are shared. */
  playerCard: "/u/:name/card.png",
  matchCard: "/m/:id/card.png",
  roomCard: "/r/:code/card.png",
  arenaCard: "/arenas/:id/card.png",
  siteCard: "/card.png",
  /** GET: a Me. */
  me: "/api/me",
  /** POST LookRequest (account.ts): a Me. */
  look: "/api/me/look",
  /** The account's routes take the bodies of account.ts. POST NameRequest: a Me. */
  accountName: "/api/account/name",
  /** POST: PublicKeyCredentialCreationOptionsJSON. */
  passkeyOptions: "/api/account/passkeys/options",
  /** POST PasskeyRequest: a Me. */
  passkeys: "/api/account/passkeys",
  /** POST RemoveCredentialRequest: a Me. */
  credentialRemove: "/api/account/credentials/remove",
  /** POST: a TransferCode. */
  transfer: "/api/account/transfer",
  /** POST SignOutRequest: SignedIn. */
  signOut: "/api/account/signout",
  /** GET: everything that the server keeps of the account, as a JSON file. */
  accountData: "/api/account/data",
  /** POST DeleteRequest: SignedIn. */
  accountDelete: "/api/account/delete",
  /** POST: SignInOptions. */
  signInOptions: "/api/signin/options",
  /** POST SignInRequest: SignedIn. */
  signIn: "/api/signin",
  /** POST TransferRequest: SignedIn. */
  signInTransfer: "/api/signin/transfer",
  /** POST OpenIdRequest: OpenIdStart. */
  signInOpenId: "/api/signin/openid",
  /** GET: where the OpenID provider sends the browser back to. */
  openIdCallback: "/api/signin/openid/callback",
  /** POST TicketRequest: SignedIn. */
  signInTicket: "/api/signin/ticket",
  /** GET: a PlayerProfile. */
  player: "/api/players/:name",
  /** GET ?mode=&span=&at=: a Leaderboard. */
  leaderboard: "/api/leaderboard",
  /** GET ?limit=: MatchSummary[]. */
  matches: "/api/matches",
  /** GET: a MatchPage. */
  match: "/api/matches/:id",
  /** GET: LiveMatch[] (live.ts): the public matches, 10 s late. */
  live: "/api/live",
  /** GET: a ReplayInfo. 202 and a ReplayPending while the match lasts, 404 once the replay is gone. */
  replay: "/api/replays/:id",
  /** GET: the Tiled map on which the match was played, as it was then. */
  replayMap: "/api/replays/:id/map",
  /** GET: the replay's file (shared/replay/container.ts); answers a Range. */
  replayFile: "/api/replays/:id/file",
  /** GET: the page, which then draws an arena (editor.ts); `key` lets whoever has the link draw along. */
  editPage: "/edit/:id",
  /** GET: the page, which then lists published arenas, and the visitor's own drafts. */
  arenasPage: "/arenas",
  /** GET: the page, which then shows one published arena. */
  arenaPage: "/arenas/:id",
  /** The bodies are of editor.ts. POST BringRequest: a Brought, or 422 and a FaultyAnswer. */
  arenas: "/api/arenas",
  /** GET: a Tiled file that somebody has brought, saved or published, by the SHA-256 of its text. DELETE, by who brought it: 204. */
  arenaFile: "/api/arenas/:sha256.tmj",
  /** GET ?search=&mode=&sort=&page=: a Gallery. */
  gallery: "/api/gallery",
  /** GET: a PublishedArena, with the visitor's own rating. */
  published: "/api/gallery/:id",
  /** POST RateRequest: a PublishedArena. */
  rate: "/api/gallery/:id/rating",
  /** GET: the visitor's own DraftInfo[]. POST DraftRequest: a DraftPage, or 422 and a FaultyAnswer. */
  drafts: "/api/drafts",
  /** GET ?key=&file=: a DraftPage. DELETE, by its owner: 204. */
  draft: "/api/drafts/:id",
  /** POST PublishRequest: a DraftPage, or 422 and a FaultyAnswer. */
  publish: "/api/drafts/:id/publish",
  /** GET: 200 while the process runs. */
  alive: "/healthz",
  /** GET: 200, or 503 once the server is closing. */
  ready: "/readyz",
  /** GET: metrics in Prometheus' text format. */
  metrics: "/metrics",
} as const;

/** The path of a route, with each `:name` replaced by that parameter, URI-encoded. */
export const pathTo = (
  route: (typeof ROUTE)[keyof typeof ROUTE],
  params: Readonly<Record<string, string>> = {},
): string => route.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));

/** The path of a map's Tiled file, by its name on the wire. */
export const mapPath = (name: string): string =>
  isBrought(name) ? pathTo(ROUTE.arenaFile, { sha256: name }) : pathTo(ROUTE.map, { name });

/** The body of every answer with a status of 400 or above. */
export interface ErrorAnswer {
  /** The HTTP status again; see REFUSAL for those that the page acts on. */
  code: number;
  /** A sentence in English. */
  error: string;
}

/** What `:method` of ROUTE.matchmake may be. */
export const MATCHMAKE_METHODS = ["joinOrCreate", "create", "join", "joinById", "reconnect"] as const;

/** A seat that is reserved; the client claims it with a WebSocket to /PROCESS_ID/ROOM_ID?sessionId=SESSION_ID. */
export interface Reservation {
  processId: string;
  roomId: string;
  sessionId: string;
  /** Where the room's machine is reached, without a scheme, if that is not where the page came from. */
  publicAddress?: string | undefined;
}

/** A new anonymous identity. The page sends the token as `Authorization: Bearer TOKEN` from then on. */
export interface IdentityAnswer {
  token: string;
}

/** "ROOM_ID:KEY", as the SDK's `client.reconnect` takes it. */
export interface TakeoverAnswer {
  reconnectionToken: string;
}

/** A map that a room can be played on. `title`: of one that somebody has brought. */
export type MapOffer = Pick<Arena, "name" | "modes" | "players" | "theme"> &
  Partial<Pick<Arena, "use" | "title">>;

/** `yours`: the asking identity holds a seat in this room, in another tab. */
export type RoomInfo =
  | { is: "open"; code: string; listing: RoomListing; yours: boolean }
  | { is: "ended" }
  | { is: "unknown" };
