/** What people say to each other in a room. */

export const CHAT_MAX_CHARS = 200;
/** So many lines are there for who joins. */
export const CHAT_KEPT_LINES = 50;
/** So many at once, and so many a second for long; the page shows the wait. */
export const CHAT_RATE = { burst: 4, perSec: 0.4 } as const;

/** Spectators hear "all" and each other; what they say to "spectators" no player hears. */
export const CHAT_SCOPES = ["all", "team", "spectators"] as const;
export type ChatScope = (typeof CHAT_SCOPES)[number];

/** What is said with one press; each page shows it in its own language. */
export const PHRASES = ["hello", "goodGame", "thanks", "sorry", "help", "attack", "defend", "wait"] as const;
export type Phrase = (typeof PHRASES)[number];

/** Server → client under MESSAGE.chat: the newest lines, oldest first; on joining, those that were kept. */
export interface ChatLine {
  /** Of who said it. */
  seat: string;
  name: string;
  team: number;
  scope: ChatScope;
  /** Clean: text, never markup. */
  said: { text: string } | { phrase: Phrase };
}
