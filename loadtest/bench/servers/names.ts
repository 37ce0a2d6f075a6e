/** The servers that the bench compares. */

/** In the order of the tables. The last one is the floor, which the ratios refer to. */
export const SERVER_NAMES = ["fracas", "colyseus", "socketio", "floor"] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

export const FLOOR: ServerName = "floor";

export const SERVER_TITLES: Readonly<Record<ServerName, string>> = {
  fracas: "Fracas",
  colyseus: "Colyseus, as its tutorial",
  socketio: "socket.io, JSON",
  floor: "ws, hand-packed: the floor",
};

/** The room type of the tutorial's server. */
export const TUTORIAL_ROOM = "tutorial";
