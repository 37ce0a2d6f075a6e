/** The error that refuses a request: routes and handshakes answer with its status and message. */
export class Refused extends Error {
  /** HTTP status; REFUSAL lists those that the page reacts to. */
  readonly status: number;
  /** Seconds after which a retry may succeed. */
  readonly retryAfterSec: number | undefined;

  constructor(status: number, message: string, retryAfterSec?: number) {
    super(message);
    this.status = status;
    this.retryAfterSec = retryAfterSec;
  }
}
