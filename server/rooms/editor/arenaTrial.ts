/** The side of the arena's room while people try the arena out: who begins it hosts the room. */
import type { Admission } from "#server/admission/joinOptions.ts";
import type { Trial } from "#server/admission/roomQuestions.ts";
import type { HostSuccession } from "#server/rooms/host/hostSuccession.ts";

export class ArenaTrial {
  #awaited: string | undefined;
  readonly #succession: HostSuccession;

  constructor({ host }: Trial, succession: HostSuccession) {
    this.#awaited = host;
    this.#succession = succession;
  }

  /** Others may come first, and one of them hosts until then. */
  entered(seat: string, { identity }: Pick<Admission, "identity">): void {
    if (this.#awaited === undefined || identity !== this.#awaited) return;
    this.#awaited = undefined;
    if (this.#succession.host !== seat) this.#succession.handOver(seat);
  }
}
