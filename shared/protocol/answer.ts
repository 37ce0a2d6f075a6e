/** Server → client: what became of a request (a host action, a line of chat, a change of place). */

export type Answer = { ok: true } | { ok: false; reason: RefusedReason; waitMs?: number };

/** The page has words for each, in every language. */
export const REFUSED_REASONS = [
  /** Not the host, or a co-host where it takes the host. */
  "notHost",
  /** The seat is not there (any more). */
  "nobody",
  /** On oneself, the host, or a co-host. */
  "notOnThem",
  /** Nothing to start, pause or end now. */
  "notNow",
  /** No such map, or not made for this mode. */
  "badMap",
  /** No place for one more. */
  "full",
  /** This mode has no sides, or the host chooses them. */
  "noChoice",
  /** That side has more already. */
  "uneven",
  "noSpectators",
  "muted",
  /** `waitMs` says when the next may come. */
  "tooFast",
  /** Nothing is left of it. */
  "empty",
] as const;
export type RefusedReason = (typeof REFUSED_REASONS)[number];
