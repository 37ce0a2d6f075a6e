/** Names of rooms and messages on the wire. */

export const ROOM = { arena: "arena", lobby: "lobby", live: "live", editor: "editor" } as const;

export const MESSAGE = {
  event: "event",
  notice: "notice",
  vote: "vote",
  chat: "chat",
  /** A host action (host.ts). */
  host: "host",
  /** A move to a team or to the spectators. */
  place: "place",
  /** The player whom a spectator follows. */
  follow: "follow",
  /** An emote over the own drone, or a ping at a place. */
  emote: "emote",
  /** The page's own drone was corrected farther than prediction explains. */
  drift: "drift",
  /** The moment that the sender sees, in the replay that the room records. */
  clip: "clip",
} as const;
