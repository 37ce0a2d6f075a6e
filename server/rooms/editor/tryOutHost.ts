/** Hands an arena room in which people try out a draft to the person who asked for it. */
import type { Admission } from "#server/admission/joinOptions.ts";
import type { TryOutRoom } from "#server/admission/roomQuestions.ts";
import type { HostSuccession } from "#server/rooms/host/hostSuccession.ts";

export class TryOutHost {
  #awaited: string | undefined;
  readonly #succession: HostSuccession;

  constructor({ host }: TryOutRoom, succession: HostSuccession) {
    this.#awaited = host;
    this.#succession = succession;
  }

  /** Call when somebody has entered. Others may come first; one of them hosts until then. */
  entered(seat: string, { identity }: Pick<Admission, "identity">): void {
    if (this.#awaited === undefined || identity !== this.#awaited) return;
    this.#awaited = undefined;
    if (this.#succession.host !== seat) this.#succession.handOver(seat);
  }
}
