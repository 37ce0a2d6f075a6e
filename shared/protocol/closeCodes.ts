/** Why the server ends a connection, as WebSocket close codes. Those under 4000 and 4000 to 4010 are Colyseus' own. */
export const CLOSE = {
  /** Sent what no client of ours sends. */
  badFrame: 4300,
  tooFast: 4301,
  /** Does not read what it is sent: its seat is kept, and Colyseus' MAY_TRY_RECONNECT brings it back to it. */
  tooSlow: 4010,
  /** Took a seat, and never said that it is there. */
  notJoined: 4303,
  /** The room failed too often, and is gone. */
  roomFailed: 4304,
  /** By the host. */
  kicked: 4305,
  banned: 4306,
  /** The seat was taken over in another tab. */
  takenOver: 4307,
  /** A hosted room that stood empty for too long. */
  roomEnded: 4308,
  /**
   * The server restarts. Colyseus' MAY_TRY_RECONNECT: any client of its SDK tries to come back by itself, and the page
   * joins anew.
   */
  restarting: 4010,
} as const;
