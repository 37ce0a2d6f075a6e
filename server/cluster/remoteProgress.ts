/** A room process' access to the store, which only the front has: results go there, and news of them come back. */
import type { Progress } from "#server/services/progress.ts";
import type { Channel } from "./channel.ts";
import type { OneWay } from "./messages.ts";

type Tell = Parameters<Progress["keep"]>[1];

/** Results whose news are still awaited; the store may be away for hours. */
const AWAITED_MAX = 1_000;

export class RemoteProgress implements Progress {
  readonly #channel: Channel;
  readonly #tells = new Map<number, Tell>();
  #kept = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** The front looks entrants up before it asks for a seat. */
  async entering(_identity: string | undefined, wanted: string) {
    return { name: wanted, isAccount: false, points: {} };
  }

  keep(result: Parameters<Progress["keep"]>[0], tell: Tell): void {
    const number = ++this.#kept;
    this.#tells.set(number, tell);
    this.#tells.delete(number - AWAITED_MAX);
    this.#channel.tell({ is: "result", number, result });
  }

  news({ number, player, news }: OneWay & { is: "news" }): void {
    this.#tells.get(number)?.(player, news);
  }
}
