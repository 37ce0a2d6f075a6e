/**
 * Codes with which the server refuses a join or another HTTP request; the page chooses its text by them. They are HTTP
 * statuses, because matchmaking is an HTTP request. 460 to 466 and 529 are Fracas' own.
 */
export const REFUSAL = {
  badJoinOptions: 400,
  /** The token is forged or expired, or the seat belongs to another identity. */
  badToken: 401,
  /** The request comes from another site's page, or from a program without a bot token. */
  foreignOrigin: 403,
  /** No room has this code. */
  roomUnknown: 404,
  roomEnded: 410,
  roomLocked: 423,
  stalePage: 426,
  /** Rate limit; the answer's Retry-After header is the wait in seconds. */
  tooMany: 429,
  /** The server is about to restart; the page retries. */
  restarting: 503,
  wrongPassword: 460,
  banned: 461,
  /** No free place for a player. A spectator may still find one. */
  roomFull: 462,
  noSpectators: 463,
  /** A setting of the room to create is invalid; the error text names it. */
  badSettings: 464,
  /** The visitor has a seat in this room already. */
  alreadyHere: 465,
  /** The visitor's network holds its share of this public room. */
  networkFull: 466,
  /** Nothing lasts on this server, and this needs what does. */
  noStore: 501,
  serverFull: 529,
} as const;

/** Colyseus' own code (MATCHMAKE_INVALID_ROOM_ID) for a room that does not exist or is locked. */
export const NO_SUCH_ROOM = 522;
