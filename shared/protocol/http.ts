/** The protocol's HTTP side: routes, and the bodies of requests and answers. */
import type { Arena } from "#shared/arena/arena.ts";
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
}

/** A new anonymous identity. The page sends the token as `Authorization: Bearer TOKEN` from then on. */
export interface IdentityAnswer {
  token: string;
}

/** "ROOM_ID:KEY", as the SDK's `client.reconnect` takes it. */
export interface TakeoverAnswer {
  reconnectionToken: string;
}

/** A map that a room can be played on. */
export type MapOffer = Pick<Arena, "name" | "modes" | "players">;

/** `yours`: the asking identity holds a seat in this room, in another tab. */
export type RoomInfo =
  | { is: "open"; code: string; listing: RoomListing; yours: boolean }
  | { is: "ended" }
  | { is: "unknown" };
