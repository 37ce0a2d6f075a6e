/** What rooms and messages are called on the wire. */

export const ROOM = { arena: "arena" } as const;

export const MESSAGE = { event: "event", notice: "notice", vote: "vote" } as const;
