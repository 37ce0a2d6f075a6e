/** Server → client: the answer to a request under MESSAGE.host, .chat or .place. */

export type Answer = { ok: true } | { ok: false; reason: RefusedReason; waitMs?: number };

/** The page has a text for each, in every language. */
export type RefusedReason =
  /** The sender is not the host, or is a co-host and only the host may do this. */
  | "notHost"
  /** The seat does not exist (any more). */
  | "nobody"
  /** The target is a bot, or has the sender's rank or a higher one. */
  | "notOnThem"
  /** There is nothing to start, pause or end now. */
  | "notNow"
  /** The map does not exist, or is not made for the mode. */
  | "badMap"
  /** The room has no free place. */
  | "full"
  /** The sender's network holds its share of the places. */
  | "networkFull"
  /** The mode has no teams, or the host assigns them. */
  | "noChoice"
  /** The change would put that team ahead by two players or more. */
  | "uneven"
  | "noSpectators"
  | "muted"
  /** `waitMs` is the time until the next line is accepted. */
  | "tooFast"
  /** No visible character is left after cleaning. */
  | "empty";
