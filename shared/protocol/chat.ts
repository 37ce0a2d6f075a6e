/** Chat between the people in a room. */

export const CHAT_MAX_CHARS = 200;
/** A joining client receives this many of the last lines. */
export const CHAT_KEPT_LINES = 50;
/** Token bucket per person: `burst` lines at once, `perSec` sustained. The page shows the wait. */
export const CHAT_RATE = { burst: 4, perSec: 0.4 } as const;

/** Players read "all" and their own team's "team"; spectators read "all" and "spectators". */
export const CHAT_SCOPES = ["all", "team", "spectators"] as const;
export type ChatScope = (typeof CHAT_SCOPES)[number];

/** Lines that a player sends with one key; each page shows them in its own language. */
export const PHRASES = ["hello", "goodGame", "thanks", "sorry", "help", "attack", "defend", "wait"] as const;
export type Phrase = (typeof PHRASES)[number];

/** Server → client under MESSAGE.chat, as an array: new lines, oldest first; after joining, the kept ones. */
export interface ChatLine {
  /** Key of the sender's seat. */
  seat: string;
  name: string;
  team: number;
  scope: ChatScope;
  /** Text is cleaned and never markup. */
  said: { text: string } | { phrase: Phrase };
}
