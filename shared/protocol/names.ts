/** What rooms and messages are called on the wire. */

export const ROOM = { arena: "arena", lobby: "lobby" } as const;

export const MESSAGE = {
  event: "event",
  notice: "notice",
  vote: "vote",
  chat: "chat",
  /** A host's action (host.ts). */
  host: "host",
  /** Where one wants to be: a side, or among the spectators. */
  place: "place",
  /** Whom a spectator follows. */
  follow: "follow",
} as const;
