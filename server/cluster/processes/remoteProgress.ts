/** A room process' access to the store, which only the front has: results go there, and news of them come back. */
import { log } from "#server/log.ts";
import type { Progress } from "#server/services/progress.ts";
import type { Outbox } from "#server/services/results/outbox.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import type { Channel } from "./channel.ts";
import type { OneWay } from "./messages.ts";

type Tell = Parameters<Progress["keep"]>[1];

/** Results whose news are still awaited; the store may be away for hours. */
const AWAITED_MAX = 1_000;
/** The front has written a result to its file long before this time has passed. */
const WRITTEN_WITHIN_MS = 10_000;

export class RemoteProgress implements Progress {
  readonly #channel: Channel;
  readonly #tells = new Map<number, Tell>();
  #recent: { readonly result: MatchResult; readonly atMs: number }[] = [];
  #kept = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** The front looks entrants up before it asks for a seat. */
  async entering(_identity: string | undefined, wanted: string) {
    return { name: wanted, isAccount: false, points: {} };
  }

  keep(result: MatchResult, tell: Tell): void {
    this.#recent = [...this.#lately(), { result, atMs: performance.now() }];
    const number = ++this.#kept;
    this.#tells.set(number, tell);
    this.#tells.delete(number - AWAITED_MAX);
    this.#channel.tell({ is: "result", number, result });
  }

  /**
   * Writes the results that the front may not have written before it died. The next one counts them, and the store counts
   * none twice. Never rejects.
   */
  async writeRecent(outbox: Pick<Outbox<MatchResult>, "write">): Promise<void> {
    const writes = this.#lately().map(({ result }) => outbox.write(result));
    for (const { status, ...failed } of await Promise.allSettled(writes))
      if (status === "rejected") log.error({ err: Reflect.get(failed, "reason") }, "a result is lost");
  }

  #lately() {
    return this.#recent.filter(({ atMs }) => performance.now() - atMs < WRITTEN_WITHIN_MS);
  }

  news({ number, player, news }: OneWay & { is: "news" }): void {
    this.#tells.get(number)?.(player, news);
  }
}
