/** What the edge throws: a status, and words for whoever asked. Routes and upgrades answer with both. */

export class Refused extends Error {
  /** HTTP status; those that a page acts on are REFUSAL's. */
  readonly status: number;
  /** Seconds until it is worth asking again. */
  readonly retryAfterSec: number | undefined;

  constructor(status: number, message: string, retryAfterSec?: number) {
    super(message);
    this.status = status;
    this.retryAfterSec = retryAfterSec;
  }
}
