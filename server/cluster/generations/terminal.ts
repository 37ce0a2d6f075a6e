/** Tells the SIGHUP of a terminal that hangs up from the one by which somebody asks for a deploy. */
import { isatty } from "node:tty";

const LOOK_MS = 1_000;
/** The signal comes at once. Whoever has not got it by then has outlived the terminal (`disown`). */
const SIGNAL_WITHIN_MS = 5_000;

export class Terminal {
  readonly #isThere: () => boolean;
  readonly #nowMs: () => number;
  #wasThere: boolean;
  #missedAtMs: number | undefined;

  constructor(isThere = () => isatty(0) || isatty(1), nowMs = () => performance.now()) {
    this.#isThere = isThere;
    this.#nowMs = nowMs;
    this.#wasThere = isThere();
    if (this.#wasThere) setInterval(() => this.look(), LOOK_MS).unref();
  }

  /** Call it when a SIGHUP has come. */
  hangsUp(): boolean {
    this.look();
    return this.#wasThere && this.#missedAtMs !== undefined;
  }

  look(): void {
    if (!this.#wasThere) return;
    if (this.#isThere()) this.#missedAtMs = undefined;
    else this.#missedAtMs ??= this.#nowMs();
    const missedMs = this.#nowMs() - (this.#missedAtMs ?? this.#nowMs());
    if (missedMs >= SIGNAL_WITHIN_MS) this.#wasThere = false;
  }
}
