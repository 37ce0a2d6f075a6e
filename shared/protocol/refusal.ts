/**
 * Why a join is refused: the code goes over the wire, the page decides by it what to show.
 * Codes are HTTP statuses, for matchmaking is an HTTP call;
 * those from 460 on are ours.
 */
export const REFUSAL = {
  badJoinOptions: 400,
  /** The token is forged, expired or somebody else's. */
  badToken: 401,
  /** Another site's page, or a client that is none. */
  foreignOrigin: 403,
  /** No room has this code. */
  roomUnknown: 404,
  roomEnded: 410,
  roomLocked: 423,
  stalePage: 426,
  /** Too many tries; the answer's Retry-After says when the next may be made. */
  tooMany: 429,
  /** Closing, to start again: worth asking again in a moment. */
  restarting: 503,
  wrongPassword: 460,
  banned: 461,
  /** No place for a player; perhaps for a spectator. */
  roomFull: 462,
  noSpectators: 463,
  /** The settings of a room that is to be made: the text says which. */
  badSettings: 464,
  serverFull: 529,
} as const;

/** Colyseus' own code (MATCHMAKE_INVALID_ROOM_ID) for a room that does not exist or is locked. */
export const NO_SUCH_ROOM = 522;
