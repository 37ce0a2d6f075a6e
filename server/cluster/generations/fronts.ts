/** The fronts that the primary has forked: the one with the port, the one before it, and one that prepares. */
import { log } from "#server/log.ts";
import { Front } from "./front.ts";

export interface FrontEvents {
  /** A front has ended, with this exit code or by this signal. It is still in its place. */
  readonly onEnded: (front: Front, how: number | string) => void;
  /** The code on the disk is another one than that of the front with the port, and none is being replaced. */
  readonly onOtherCode: () => void;
}

export class Fronts {
  readonly #jwtSecret: string | undefined;
  readonly #events: FrontEvents;
  #generation = 0;
  /** The port that fronts are told: fronts that share the port must name the same, and PORT may be 0. */
  #port: number;
  /** The port that the first front got; 0 before. */
  openPort = 0;
  #current: Front | undefined;
  #former: Front | undefined;
  #next: Front | undefined;

  constructor(port: number, jwtSecret: string | undefined, events: FrontEvents) {
    this.#port = port;
    this.#jwtSecret = jwtSecret;
    this.#events = events;
  }

  /** The front that has the port. */
  get current(): Front | undefined {
    return this.#current;
  }

  /** The front before, while rooms are left in it. */
  get former(): Front | undefined {
    return this.#former;
  }

  /** A front that prepares. */
  get next(): Front | undefined {
    return this.#next;
  }

  get all(): Front[] {
    return [this.#next, this.#former, this.#current].filter((front) => front !== undefined);
  }

  /** Forks a front, which is `next` until it is promoted or dropped. */
  fork(): Front {
    // The last listener has freed the port: with PORT=0 the next front would get another one.
    if (!this.#current && this.openPort) this.#port = this.openPort;
    const front: Front = new Front({
      generation: ++this.#generation,
      hasPredecessor: (this.#former ?? this.#current) !== undefined,
      environment: {
        PORT: String(this.#port),
        ...(this.#jwtSecret !== undefined && { JWT_SECRET: this.#jwtSecret }),
      },
      onRelay: (envelope, handle) => this.#peerOf(front)?.relay(envelope, handle),
      onOtherCode: () => {
        if (front === this.#current && !this.#former) this.#events.onOtherCode();
      },
    });
    log.info({ generation: front.generation, pid: front.pid }, "a front starts");
    void front.ended.then((how) => this.#ended(front, how));
    this.#next = front;
    return front;
  }

  /** The front gets the port of the current one, which becomes the former one. */
  succeed(front: Front): void {
    this.#former = this.#current;
    this.promote(front);
  }

  /** The front gets the port, which no other one has. */
  promote(front: Front): void {
    this.#current = front;
    this.#next = undefined;
  }

  /** Ends a front that failed. Resolves when its port is free. */
  async drop(front: Front | undefined): Promise<void> {
    this.#next = undefined;
    if (this.#current === front) this.#current = undefined;
    front?.kill();
    await front?.ended;
  }

  #peerOf(front: Front): Front | undefined {
    return front === this.#former ? this.#current : this.#former;
  }

  #ended(front: Front, how: number | string): void {
    const isPeer = front === this.#former || front === this.#current;
    if (isPeer) this.#peerOf(front)?.order({ order: "lost" });
    this.#events.onEnded(front, how);
    if (front === this.#former) this.#former = undefined;
    else if (front === this.#current) this.#current = undefined;
  }
}
