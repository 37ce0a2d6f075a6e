/** The servers that are compared, in the order of the tables; the last is the floor that all are measured against. */
export const SERVER_NAMES = ["fracas", "colyseus", "socketio", "floor"] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

export const FLOOR: ServerName = "floor";

export const SERVER_TITLES: Readonly<Record<ServerName, string>> = {
  fracas: "Fracas",
  colyseus: "Colyseus, as its tutorial",
  socketio: "socket.io, JSON",
  floor: "ws, hand-packed: the floor",
};
