/**
 * Why a join is refused: the code goes over the wire, the page decides by it what to show.
 * Codes are HTTP statuses, for matchmaking is an HTTP call.
 */
export const REFUSAL = {
  badJoinOptions: 400,
  /** The token is forged, expired or somebody else's. */
  badToken: 401,
  /** Another site's page, or a client that is none. */
  foreignOrigin: 403,
  stalePage: 426,
  /** Too many tries; the answer's Retry-After says when the next may be made. */
  tooMany: 429,
  /** Closing, to start again: worth asking again in a moment. */
  restarting: 503,
  serverFull: 529,
} as const;
