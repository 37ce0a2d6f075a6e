/**
 * Stands for the store in a front whose successor has it: results go to the successor, and again to the next one if
 * that fails before it has kept them. A result that arrives twice counts once, by its id.
 */

import type { Channel } from "#server/cluster/processes/channel.ts";
import type { OneWay } from "#server/cluster/processes/messages.ts";
import type { Progress } from "#server/services/progress.ts";

/** Results whose news are still awaited; the store may be away for hours. */
const AWAITED_MAX = 1_000;

interface Awaited {
  readonly result: Parameters<Progress["keep"]>[0];
  readonly tell: Parameters<Progress["keep"]>[1];
  isKept: boolean;
}

export class RelayedProgress implements Progress {
  #channel: Channel | undefined;
  #given = 0;
  /** Number → result, oldest first. */
  readonly #awaited = new Map<number, Awaited>();

  /** Sends results there from now on, beginning with those that nobody has kept. */
  sendTo(channel: Channel): void {
    this.#channel = channel;
    for (const [number, { result, isKept }] of this.#awaited)
      if (!isKept) channel.tell({ is: "result", number, result });
  }

  /** Results that no successor has reported as kept. */
  get unkept(): number {
    return [...this.#awaited.values()].filter(({ isKept }) => !isKept).length;
  }

  /** The successor looks entrants up. */
  async entering(_identity: string | undefined, wanted: string) {
    return { name: wanted, isAccount: false, points: {} };
  }

  keep(result: Awaited["result"], tell: Awaited["tell"]): void {
    const number = ++this.#given;
    this.#awaited.set(number, { result, tell, isKept: false });
    this.#awaited.delete(number - AWAITED_MAX);
    this.#channel?.tell({ is: "result", number, result });
  }

  news({ number, player, news }: OneWay & { is: "news" }): void {
    const awaited = this.#awaited.get(number);
    if (!awaited) return;
    awaited.isKept = true;
    awaited.tell(player, news);
  }
}
