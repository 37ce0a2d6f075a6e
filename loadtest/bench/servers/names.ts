/** The servers that the bench compares. */

/** In the order of the tables. */
export const SERVER_NAMES = [
  "fracas",
  "fracas-unrecorded",
  "fracas-proxied",
  "colyseus",
  "socketio",
  "floor",
] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

/** Without `fracas-proxied`, which needs the proxy's program, and `fracas-unrecorded`, which only recording is compared with. */
export const SERVERS_BY_DEFAULT: readonly ServerName[] = ["fracas", "colyseus", "socketio", "floor"];

/** The server that the ratios refer to. */
export const FLOOR: ServerName = "floor";

/** The server that the cost of recording refers to. */
export const UNRECORDED: ServerName = "fracas-unrecorded";

/** The proxy that stands between the clients and the server, as in docs/proxies.md. */
export const PROXIED: Partial<Record<ServerName, "caddy">> = { "fracas-proxied": "caddy" };

export const SERVER_TITLES: Readonly<Record<ServerName, string>> = {
  fracas: "Fracas",
  "fracas-unrecorded": "Fracas, recording nothing",
  "fracas-proxied": "Fracas behind Caddy",
  colyseus: "Colyseus, as its tutorial",
  socketio: "socket.io, JSON",
  floor: "ws, hand-packed: the floor",
};

/** The room type of the tutorial's server. */
export const TUTORIAL_ROOM = "tutorial";
