/** WebSocket close codes with which the server ends a connection. Codes up to 4010 are RFC 6455's and Colyseus' own. */
export const CLOSE = {
  /** The client sent a frame that the protocol does not allow. */
  badFrame: 4300,
  /** The client sent more than its rate limit allows. */
  tooFast: 4301,
  /** The client does not read fast enough. Colyseus' MAY_TRY_RECONNECT: its seat is kept, and the SDK reconnects. */
  tooSlow: 4010,
  /** The client took a seat, but never acknowledged its join. */
  notJoined: 4303,
  /** The room failed too often and was disposed. */
  roomFailed: 4304,
  /** The host removed the player. */
  kicked: 4305,
  banned: 4306,
  /** Another tab took the seat over. */
  takenOver: 4307,
  /** A hosted room was empty for too long; in the room `live`: the room looked at has ended, or shows nothing any more. */
  roomEnded: 4308,
  /** The player held a place without playing. */
  idle: 4309,
  /** The server restarts. Colyseus' MAY_TRY_RECONNECT: the SDK tries to reconnect, and the page joins anew. */
  restarting: 4010,
} as const;
